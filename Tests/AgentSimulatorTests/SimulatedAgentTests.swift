import Testing
import Wire

@testable import AgentSimulator

/// An agent without sockets, asked one request after the other.
private final class Conversation {
    let agent: SimulatedAgent

    init(_ manner: SimulatorManner = .documented, key: String? = nil) {
        var options = SimulatorOptions()
        options.manner = manner
        options.internalKey = key
        agent = SimulatedAgent(options, seed: "t", record: RequestRecord())
    }

    func ask(
        _ method: String,
        _ target: String,
        _ body: String = "",
        key: String? = nil
    ) -> PlannedAnswer {
        var head = HTTPRequestHead(method: method, target: target, fields: ["Host": "a"])
        if let key { head.fields.append("X-Internal-Auth", key) }
        return PlannedAnswer(agent.answer(head, Array(body.utf8), at: 1_000_000).steps)
    }

    func post(_ message: String, session: String? = nil) -> PlannedAnswer {
        let id = session.map { #""session_id":"\#($0)","# } ?? ""
        return ask("POST", SimulatedAgent.messagePath, #"{\#(id)"message":\#(message)}"#)
    }

    /// The types of the blocks of an answer to a user's message.
    func say(_ content: String, session: String? = nil) -> [String] {
        types(post(#"{"type":"user_message","content":"\#(content)"}"#, session: session))
    }

    /// The types of the blocks, tokens in a row counted as one.
    func types(_ answer: PlannedAnswer) -> [String] {
        var types: [String] = []
        for block in answer.body.split(separator: "\n\n") {
            let type = block.split(separator: "\"")[3]
            if types.last != String(type) { types.append(String(type)) }
        }
        return types
    }
}

struct SimulatedAgentTests {
    @Test func wordsBringWhatTheyName() {
        let talk = Conversation()
        #expect(talk.say("Hello") == ["session_info", "assistant_message"])
        #expect(talk.say("Hello", session: "s") == ["assistant_message"])
        #expect(talk.say("Use a TOOL!", session: "s") == ["tool_call"])
        #expect(talk.say("tooling", session: "s") == ["assistant_message"])
        #expect(
            talk.say("Make a plan", session: "s") == ["plan_created", "plan_approval_required"]
        )
        #expect(talk.say("agent", session: "s") == ["agent_switched", "assistant_message"])
    }

    @Test func theAnswerEchoesTheUser() {
        let answer = Conversation().post(
            #"{"type":"user_message","content":"\u041f\u0440\u0438\u0432\u0435\u0442 #fail:crlf"}"#
        )
        #expect(answer.body.contains(#""token":" Привет""#))
        #expect(answer.body.contains("\r\n"))
    }

    @Test func aToolCallIsAnsweredOnceByEachManner() {
        for (manner, again) in [
            (SimulatorManner.documented, ["assistant_message"]), (.realRuntime, []),
        ] {
            let talk = Conversation(manner)
            #expect(talk.say("tool", session: "s").last == "tool_call")
            let result = #"{"type":"tool_result","call_id":"call-t-1","result":"x"}"#
            #expect(talk.types(talk.post(result, session: "s")) == ["assistant_message"])
            let repeated = talk.post(result, session: "s")
            #expect(repeated.status == 200)
            #expect(talk.types(repeated) == again)
            #expect(repeated.isComplete)
        }
    }

    @Test(arguments: [
        ("approve", ["status", "subtask_completed", "execution_completed"]),
        ("reject", ["plan_rejected"]), ("modify", ["plan_modification_requested"]),
    ])
    func decisionsOnPlans(decision: String, types: [String]) {
        let talk = Conversation()
        _ = talk.say("plan", session: "s")
        #expect(talk.ask("GET", "/sessions/s/pending-approvals").body.contains("plan-t-1"))
        let message =
            #"{"type":"plan_decision","approval_request_id":"plan-t-1","decision":"\#(decision)"}"#
        #expect(talk.types(talk.post(message, session: "s")) == types)
        #expect(!talk.ask("GET", "/sessions/s/pending-approvals").body.contains("plan-t-1"))
    }

    @Test func otherMessages() {
        let talk = Conversation()
        let switching = #"{"type":"switch_agent","agent_type":"coder","content":"x"}"#
        #expect(
            talk.types(talk.post(switching, session: "s")) == [
                "agent_switched", "assistant_message",
            ]
        )
        #expect(talk.ask("GET", "/agents/s/current").body.contains(#""current_agent":"coder""#))
        let decision = #"{"type":"hitl_decision","call_id":"c","decision":"edit"}"#
        #expect(talk.types(talk.post(decision, session: "s")) == ["assistant_message"])
    }

    @Test(arguments: [
        "", "[]", "5", "{", #"{"message":5}"#, #"{"session_id":"a"}"#, #"{"message":{}}"#,
        #"{"message":{"type":5}}"#, #"{"message":{"type":"other"}}"#,
        #"{"session_id":5,"message":{"type":"user_message"}}"#,
        #"{"session_id":"","message":{"type":"user_message"}}"#,
    ])
    func otherBodiesAreRefused(body: String) {
        let answer = Conversation().ask("POST", SimulatedAgent.messagePath, body)
        #expect(answer.status == 422)
        #expect(answer.isComplete)
    }

    @Test func anUnknownFailureIsRefusedByName() {
        let answer = Conversation().post(##"{"type":"user_message","content":"#fail:x"}"##)
        #expect(answer.status == 400)
        #expect(answer.body == #"{"detail":"unknown failure 'x'"}"#)
    }

    @Test func aNullSessionIsNoSession() {
        let body = #"{"session_id":null,"message":{"type":"user_message","content":"a"}}"#
        let answer = Conversation().ask("POST", SimulatedAgent.messagePath, body)
        #expect(answer.body.contains("session-t-1"))
    }

    @Test func theKeyIsAskedForEverywhereButForHealth() {
        let talk = Conversation(key: "k")
        for key in [nil, "", "K", "kk"] {
            let answer = talk.ask("GET", "/sessions", key: key)
            #expect(answer.status == 401)
            #expect(answer.body == #"{"detail":"unauthorized"}"#)
        }
        #expect(talk.ask("GET", "/sessions", key: "k").status == 200)
        #expect(talk.ask("GET", "/health").status == 200)
        #expect(talk.post(#"{"type":"user_message","content":"a"}"#).status == 401)
    }

    @Test(arguments: [
        ("GET", "/health", 200, #""status":"healthy""#),
        ("GET", "/agents", 200, #""type":"coder""#),
        ("GET", "/agents/s/current", 200, #""current_agent":"orchestrator""#),
        ("GET", "/sessions", 200, #""session_id":"s""#),
        ("POST", "/sessions", 200, #""session_id":"session-t-1""#),
        ("GET", "/sessions/s/history", 200, #"{"role":"user","content":"Hi"}"#),
        ("GET", "/sessions/s/pending-approvals", 200, #""pending_approvals":[]"#),
        ("GET", "/events/metrics", 200, #""messages":2"#),
        ("GET", "/events/metrics/sessions", 200, #""session_id":"s""#),
        ("GET", "/events/metrics/session/s", 200, #""messages":2"#),
        ("GET", "/events/stats", 200, #""sessions":1"#),
        ("GET", "/events/audit-log?session_id=%D0%B0&limit=5", 200, #""session_id":"а""#),
        ("GET", "/events/audit-log?a=%22", 200, #""query":"a=%22""#),
        ("GET", "/sessions/x/history", 404, "not found"),
        ("GET", "/sessions/s/nothing", 404, "not found"),
        ("GET", "/agents/x/current", 404, "not found"),
        ("GET", "/events/metrics/session/x", 404, "not found"),
        ("GET", "/events/metrics/session", 404, "not found"),
        ("GET", "/", 404, "not found"), ("GET", "/%zz", 404, "not found"),
        ("DELETE", "/sessions", 405, "not allowed"),
        ("GET", "/agent/message/stream", 405, "not allowed"),
    ])
    func calls(method: String, target: String, status: Int, part: String) {
        let talk = Conversation()
        _ = talk.say("Hi", session: "s")
        let answer = talk.ask(method, target)
        #expect(answer.status == status)
        #expect(answer.body.contains(part))
        #expect(answer.isComplete)
    }

    @Test func theOldestSessionsAreForgotten() {
        var sessions = SimulatedSessions(seed: "t")
        for number in 0...SimulatedSessions.limit { sessions.makeIfAbsent("\(number)", at: 0) }
        #expect(sessions["0"] == nil)
        #expect(sessions["\(SimulatedSessions.limit)"] != nil)
        #expect(sessions.count == SimulatedSessions.limit / 2 + 1)
    }
}
