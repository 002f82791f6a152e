import AgentSimulator
import BlockingWebSocket
import Events
import GatewayServer
import Session
import Testing

/// The whole conversation of PROTOCOL §1 against the simulated Agent Runtime.
struct ConversationTests {
    @Test(arguments: SimulatorManner.allCases)
    func aTemporaryIDBecomesASessionID(manner: SimulatorManner) throws {
        let agent = try startSimulator { $0.manner = manner }
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1234567890")
            try ide.say("Привет!")
            let first = try ide.answer()
            let session = try #require(Self.announcedSession(first))
            #expect(first.count { $0.contains("session_info") } == 1)
            #expect(first[0].contains("session_info"))
            try ide.say("Second")
            #expect(try ide.answer().allSatisfy { !$0.contains("session_info") })
            let bodies = agent.posts().map(\.text)
            let message = BlockingWebSocket.userMessage
            #expect(
                bodies == [
                    #"{"message":\#(message("Привет!"))}"#,
                    #"{"session_id":"\#(session)","message":\#(message("Second"))}"#,
                ]
            )
        }
    }

    @Test(arguments: SimulatorManner.allCases)
    func anExistingSessionIsNeverAnnounced(manner: SimulatorManner) throws {
        let agent = try startSimulator { $0.manner = manner }
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123")
            for content in ["One", "Two"] {
                try ide.say(content)
                #expect(try ide.answer().allSatisfy { !$0.contains("session_info") })
            }
            #expect(agent.posts().map(\.sessionID) == ["abc-123", "abc-123"])
            #expect(try gateway.state(connection: 1).identity == Identity(pathID: "abc-123"))
        }
    }

    @Test func everySessionInfoIsForwardedWhenTheSettingSaysSo() throws {
        let agent = try startSimulator { $0.manner = .realRuntime }
        try withGateway(agent: agent.url, { $0.sessionInfo = .always }) { gateway in
            let ide = try gateway.connect("new_1")
            for content in ["One", "Two"] {
                try ide.say(content)
                #expect(try ide.answer().count { $0.contains("session_info") } == 1)
            }
        }
    }

    @Test(arguments: ["/ws", "/api/v1/ws"])
    func bothPathsServe(path: String) throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("s 1", path: path)
            try ide.say("Hello")
            _ = try ide.answer()
            #expect(agent.posts().map(\.sessionID) == ["s 1"])
        }
    }

    @Test func theAgentIsAskedAsItExpects() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.internalKey = "k" }) { gateway in
            let ide = try gateway.connect("abc-123")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            let head = try #require(request.head)
            #expect(head.method == "POST")
            #expect(head.target == "/agent/message/stream")
            #expect(head.value(of: "Content-Type") == "application/json")
            #expect(head.value(of: "X-Internal-Auth") == "k")
            #expect(head.value(of: "Accept") == "text/event-stream")
            request.answer(AgentSays.token("a", isFinal: true))
            #expect(try ide.answer() == [AgentSays.token("a", isFinal: true)])
        }
    }

    @Test func theLogLinesAreThoseThatOperatorsSearchFor() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1234567890")
            for _ in 1...2 {
                try ide.say("Hello")
                try agent.nextRequest().answer(
                    AgentSays.sessionInfo("abc-123"),
                    AgentSays.token("a", isFinal: true)
                )
                _ = try ide.answer()
            }
            try ide.close()
            try gateway.waitForLine("INFO: [abc-123] WebSocket disconnected")
            let other = try gateway.connect("abc-123")
            try gateway.waitForLine("INFO: [abc-123] WebSocket connected (temp=False)")
            let lines = try gateway.lines().filter { !$0.contains("[gateway]") }
            #expect(lines == Self.operatorsLines)
            try other.close()
        }
    }

    private static let operatorsLines = [
        "INFO: [new_1234567890] Temporary session ID detected, will create new session",
        "INFO: [new_1234567890] WebSocket connected (temp=True)",
        "INFO: [new_1234567890] Received user_message: role=user",
        "INFO: [new_1234567890] Temporary session - NOT sending session_id to Agent Runtime",
        "INFO: [new_1234567890] 🆔 Received session_info chunk: session_id=abc-123",
        "INFO: [new_1234567890] Session ID updated: new_1234567890 -> abc-123",
        "INFO: [abc-123] Received user_message: role=user",
        "INFO: [abc-123] Sending session_id to Agent Runtime",
        "INFO: [abc-123] 🆔 Received session_info chunk: session_id=abc-123",
        "INFO: [abc-123] WebSocket disconnected",
        "INFO: [abc-123] WebSocket connected (temp=False)",
    ]

    @Test func anotherSessionInfoOfAnExistingSessionRebindsWithAWarning() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123")
            try ide.say("Hello")
            let done = AgentSays.token("a", isFinal: true)
            try agent.nextRequest().answer(AgentSays.sessionInfo("def-456"), done)
            #expect(try ide.answer() == [AgentSays.sessionInfo("def-456"), done])
            try gateway.waitForLine("WARNING: [abc-123] Session ID updated: abc-123 -> def-456")
            try ide.say("Again")
            let second = try agent.nextRequest()
            #expect(second.body.hasPrefix(#"{"session_id":"def-456","#))
            second.answer(done)
            _ = try ide.answer()
            #expect(try gateway.state(connection: 1).anomalyCount == 1)
        }
    }

    private static func announcedSession(_ texts: [String]) -> String? {
        let parts = texts.first?.split(separator: "\"").map(String.init) ?? []
        guard let index = parts.firstIndex(of: "session_id"), index + 2 < parts.count else {
            return nil
        }
        return parts[index + 2]
    }
}
