import AgentSimulator
import BlockingWebSocket
import Testing

/// The turns of a connection, one after the other (PROTOCOL §3).
struct TurnOrderTests {
    @Test func messagesSentDuringAnAnswerWaitAndCarryItsID() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            for number in 1...4 { try ide.say("\(number)") }
            let first = try agent.nextRequest()
            first.begin()
            first.event(AgentSays.token("a"))
            _ = try ide.nextText()
            let frames = "four frames on record"
            try gateway.waitForEvents(frames) { events in
                events.count { $0.header.knownKind == .frameReceived } == 4
            }
            #expect(try agent.hasRequest() == false)
            first.event(AgentSays.sessionInfo("abc-123"))
            first.end()
            for number in 2...4 {
                let request = try agent.nextRequest()
                let message = BlockingWebSocket.userMessage("\(number)")
                #expect(request.body == #"{"session_id":"abc-123","message":\#(message)}"#)
                request.answer(AgentSays.token("\(number)", isFinal: true))
            }
            #expect(try ide.nextText() == AgentSays.sessionInfo("abc-123"))
            for number in 2...4 {
                #expect(try ide.nextText() == AgentSays.token("\(number)", isFinal: true))
            }
        }
    }

    @Test func pastTheBoundTheSocketIsNotRead() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.queueMessages = 3 }) { gateway in
            let ide = try gateway.connect("abc-123")
            for number in 1...10 { try ide.say("\(number)") }
            let first = try agent.nextRequest()
            try gateway.waitForEvents("a full queue") { events in
                events.count { $0.header.knownKind == .frameReceived } == 4
            }
            // A second connection has its whole turn meanwhile, so there was time to read more.
            let other = try gateway.connect("other")
            try other.say("Hello")
            try agent.nextRequest().answer(AgentSays.token("a", isFinal: true))
            _ = try other.answer()
            let state = try gateway.state(connection: 1)
            #expect(state.waiting.count == 3)
            first.answer(AgentSays.token("1", isFinal: true))
            for number in 2...10 {
                try agent.nextRequest().answer(AgentSays.token("\(number)", isFinal: true))
            }
            for number in 1...10 {
                #expect(try ide.nextText() == AgentSays.token("\(number)", isFinal: true))
            }
        }
    }

    @Test(arguments: SimulatorManner.allCases)
    func twoHundredMessagesAtOnceAreAnsweredInOrder(manner: SimulatorManner) throws {
        let agent = try startSimulator { $0.manner = manner }
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            for number in 1...200 { try ide.say("message-\(number)") }
            for number in 1...200 {
                let answer = try ide.answer().joined()
                #expect(answer.contains(#""token":" message-\#(number)""#))
            }
            let posts = agent.posts()
            #expect(posts.count == 200)
            #expect(posts[0].sessionID == nil)
            #expect(Set(posts.dropFirst().map(\.sessionID)).count == 1)
            #expect(posts.dropFirst().allSatisfy { $0.sessionID != nil })
        }
    }

    /// PROTOCOL §7.4
    @Test func connectionsToTheAgentAreUsedAgain() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ides = try (1...10).map { try gateway.connect("session-\($0)") }
            for _ in 1...3 {
                for ide in ides {
                    try ide.say("Hello")
                    try agent.nextRequest().answer(AgentSays.token("a", isFinal: true))
                    _ = try ide.answer()
                }
            }
            // Each loop has its own.
            #expect(agent.acceptedConnections <= gateway.settings.loops)
        }
    }
}
