import BlockingWebSocket
import Events
import Testing

/// What an IDE may send, and what it is told of the rest (PROTOCOL §2).
struct MessageTests {
    /// A message that is refused, and how the error begins.
    struct Refusal: CustomTestStringConvertible, Sendable {
        let message: String
        let content: String
        var testDescription: String { message }

        init(_ message: String, _ content: String) {
            self.message = message
            self.content = content
        }
    }

    static let accepted = [
        #"{"type":"user_message","role":"user","content":"Привет!"}"#,
        #"{ "content" : "a\u2028b" , "role":"tool","type":"user_message", "extra":{"x":[1.0,null]} }"#,
        #"{"type":"tool_result","call_id":"c1","result":{"a":[1,2.50,null]},"error":null}"#,
        #"{"type":"tool_result","call_id":"c2","error":"no such file"}"#,
        #"{"type":"switch_agent","agent_type":"coder","content":"go","reason":"because"}"#,
        #"{"type":"hitl_decision","call_id":"c","decision":"edit","modified_arguments":{"a":1}}"#,
        #"{"type":"hitl_decision","call_id":"c","decision":"reject","feedback":"no"}"#,
        #"{"type":"plan_decision","approval_request_id":"p","decision":"modify","feedback":"x"}"#,
    ]

    static let refused = [
        Refusal("{", "Invalid JSON: "),
        Refusal("", "Invalid JSON: "),
        Refusal("[]", "Invalid JSON: "),
        Refusal("5", "Invalid JSON: "),
        Refusal(#"{"type":"user_message"} x"#, "Invalid JSON: "),
        Refusal("{}", "Message type is required"),
        Refusal(#"{"type":null}"#, "Message type is required"),
        Refusal(#"{"type":"nonsense"}"#, "Unknown message type: nonsense"),
        Refusal(
            #"{"type":"user_message","role":"user"}"#,
            "Validation error: user_message.content"
        ),
        Refusal(
            #"{"type":"user_message","role":"king","content":"a"}"#,
            "Validation error: user_message.role must be one of user, assistant, system, tool"
        ),
        Refusal(
            #"{"type":"user_message","role":"user","content":5}"#,
            "Validation error: user_message.content must be a string"
        ),
        Refusal(#"{"type":"tool_result"}"#, "Validation error: tool_result.call_id is required"),
        Refusal(
            #"{"type":"switch_agent","content":"a"}"#,
            "Validation error: switch_agent.agent_type is required"
        ),
        Refusal(
            #"{"type":"hitl_decision","call_id":"c","decision":"maybe"}"#,
            "Validation error: hitl_decision.decision must be one of approve, edit, reject"
        ),
        Refusal(
            #"{"type":"plan_decision","call_id":"p","decision":"approve"}"#,
            "Validation error: plan_decision.approval_request_id is required (call_id was sent;"
        ),
    ]

    @Test func everyMessageTypeIsForwardedAsItCame() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123")
            for message in Self.accepted {
                try ide.send(message)
                let request = try agent.nextRequest()
                #expect(request.body == #"{"session_id":"abc-123","message":\#(message)}"#)
                request.answer(AgentSays.token("a", isFinal: true))
                #expect(try ide.answer().count == 1)
            }
        }
    }

    @Test func whatIsRefusedIsToldAndTheConnectionStays() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123")
            for refusal in Self.refused {
                try ide.send(refusal.message)
                let text = try ide.nextText()
                #expect(
                    text.hasPrefix(#"{"type":"error","content":"\#(refusal.content)"#),
                    "\(refusal)"
                )
            }
            #expect(try agent.hasRequest() == false)
            try expectTurn(ide, agent)
            let rejected = try gateway.events().count { $0.header.knownKind == .frameRejected }
            #expect(rejected == Self.refused.count)
        }
    }

    /// PROTOCOL §7.7
    @Test(arguments: [#"[]"#, "binary"])
    func anArrayOrABinaryFrameIsAnErrorAndTheNextMessageWorks(kind: String) throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            if kind == "binary" { try ide.send([0, 1, 2]) } else { try ide.send(kind) }
            #expect(try ide.nextText().hasPrefix(#"{"type":"error","content":"Invalid JSON: "#))
            try expectTurn(ide, agent)
        }
    }

    @Test func aRefusalInTheMiddleOfAnAnswerDoesNotDisturbIt() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            request.event(AgentSays.sessionInfo("s"))
            #expect(try ide.nextText() == AgentSays.sessionInfo("s"))
            try ide.send("{")
            #expect(try ide.nextText().contains("Invalid JSON"))
            request.event(AgentSays.token("a", isFinal: true))
            request.end()
            #expect(try ide.answer() == [AgentSays.token("a", isFinal: true)])
        }
    }

    private func expectTurn(_ ide: BlockingWebSocket, _ agent: ManualAgent) throws {
        try ide.say("Hello")
        try agent.nextRequest().answer(AgentSays.token("fine", isFinal: true))
        #expect(try ide.answer() == [AgentSays.token("fine", isFinal: true)])
    }
}
