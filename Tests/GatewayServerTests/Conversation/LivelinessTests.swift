import BlockingWebSocket
import Events
import GatewayServer
import Testing
import Wire

/// Signs of life, while an answer streams and without one (PROTOCOL §7.2).
struct LivelinessTests {
    /// PROTOCOL §7.2
    @Test func aPingIsAnsweredWhileAnAnswerIsStreaming() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            request.event(AgentSays.token("a"))
            #expect(try ide.nextText() == AgentSays.token("a"))
            try ide.ping(Array("are you there".utf8))
            #expect(try ide.receive() == .pong(Array("are you there".utf8)))
            request.event(AgentSays.token("b", isFinal: true))
            #expect(try ide.nextText() == AgentSays.token("b", isFinal: true))
            request.end()
        }
    }

    /// PROTOCOL §7.2
    @Test func aCloseIsAnsweredWhileAnAnswerIsStreaming() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            request.event(AgentSays.token("a"))
            _ = try ide.nextText()
            try ide.close(.goingAway, reason: "bye")
            #expect(try ide.receive() == .close(.goingAway, reason: ""))
            #expect(try ide.receive() == .endOfInput)
            request.end()
            try gateway.waitForEvents("the end") { $0.has(.streamEnded) }
        }
    }

    @Test func aSilentIDEIsPingedAndItsPongsKeepItAlive() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.heartbeatInterval = 1_500_000 }) { gateway in
            let ide = try gateway.connect("new_1")
            for _ in 1...3 { #expect(try ide.receive() == .ping([])) }
            try ide.say("Hello")
            try agent.nextRequest().answer(AgentSays.token("a", isFinal: true))
            #expect(try ide.nextText() == AgentSays.token("a", isFinal: true))
        }
    }

    @Test func anIDEThatNeverAnswersIsClosed() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.heartbeatInterval = 30_000 }) { gateway in
            let ide = try gateway.connect("new_1")
            // Nothing is read, so no ping is answered.
            let events = try gateway.waitForEvents("the close") { $0.has(.connectionClosed) }
            let closed = events.first { $0.header.knownKind == .connectionClosed }
            #expect(closed?.header.detail == 1011)
            let close = try ide.nextClose()
            #expect(close.code == .internalError)
            #expect(close.reason == "no answer to 2 heartbeats")
        }
    }

    @Test func withoutHeartbeatsNoPingComes() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.heartbeatInterval = 0 }) { gateway in
            let ide = try gateway.connect("new_1")
            #expect(try ide.receive(timeout: .milliseconds(50)) == .timeout)
        }
    }

    /// While the queue is full the IDE's pongs are not read: that is not its silence.
    @Test func anIDEWhoseMessagesWaitIsNotTakenForDead() throws {
        let agent = try ManualAgent()
        let change: (inout Settings) -> Void = { settings in
            settings.heartbeatInterval = 1_000_000
            settings.queueMessages = 1
        }
        try withGateway(agent: agent.url, change) { gateway in
            let ide = try gateway.connect("abc-123")
            for number in 1...4 { try ide.say("\(number)") }
            let request = try agent.nextRequest()
            #expect(try ide.receive(timeout: .milliseconds(4000)) == .timeout)
            request.answer(AgentSays.token("1", isFinal: true))
            for number in 2...4 {
                try agent.nextRequest().answer(AgentSays.token("\(number)", isFinal: true))
            }
            for number in 1...4 {
                #expect(try ide.nextText() == AgentSays.token("\(number)", isFinal: true))
            }
        }
    }
}
