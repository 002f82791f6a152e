import AgentSimulator
import BlockingWebSocket
import Events
import GatewayServer
import Testing
import Wire

/// Many connections at once, on one loop and on two.
struct ManyConnectionsTests {
    @Test(arguments: [1, 2])
    func theConversationsDoNotMix(loops: Int) throws {
        let agent = try startSimulator { $0.manner = .realRuntime }
        try withGateway(agent: agent.url, { $0.loops = loops }) { gateway in
            let ides = try (1...24).map { try gateway.connect("new_\($0)") }
            for turn in 1...3 {
                for (index, ide) in ides.enumerated() { try ide.say("ide-\(index) turn-\(turn)") }
            }
            for turn in 1...3 {
                for (index, ide) in ides.enumerated() {
                    let answer = try ide.answer()
                    #expect(answer.count { $0.contains("session_info") } == (turn == 1 ? 1 : 0))
                    #expect(answer.suffix(2).first?.contains(#"" ide-\#(index)""#) == true)
                    #expect(answer.last?.contains(#"" turn-\#(turn)""#) == true)
                }
            }
            let posts = agent.posts()
            #expect(posts.count { $0.sessionID == nil } == ides.count)
            #expect(Set(posts.compactMap(\.sessionID)).count == ides.count)
            let events = try gateway.events()
            #expect(events.map(\.position) == Array(1...Int64(events.count)))
            gateway.stop()
            for ide in ides { #expect(try ide.nextClose().code == .serviceRestart) }
        }
    }

    @Test func pastTheLimitAConnectionIsRefusedUntilOneEnds() throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url, { $0.maxConnections = 2 }) { gateway in
            let first = try gateway.connect("new_1")
            let second = try gateway.connect("new_2")
            #expect(refusal(gateway) == 503)
            try first.close()
            _ = try first.nextClose()
            let third = try wait(for: "a free place") { try? gateway.connect("new_3") }
            #expect(refusal(gateway) == 503)
            try second.say("Hello")
            _ = try second.answer()
            try third.say("Hello")
            _ = try third.answer()
        }
    }

    @Test func pastTheLimitARequestWaitsForAnotherToEnd() throws {
        let agent = try ManualAgent()
        let change: (inout Settings) -> Void = { settings in
            // The loops share the requests, and each may have one.
            settings.loops = 1
            settings.maxConcurrentRequests = 1
        }
        try withGateway(agent: agent.url, change) { gateway in
            let first = try gateway.connect("first")
            let second = try gateway.connect("second")
            try first.say("Hello")
            let request = try agent.nextRequest()
            try second.say("Hello")
            try gateway.waitForEvents("both requests") { events in
                events.count { $0.header.knownKind == .requestSent } == 2
            }
            #expect(try agent.hasRequest() == false)
            request.answer(AgentSays.token("a", isFinal: true))
            _ = try first.answer()
            try agent.nextRequest().answer(AgentSays.token("b", isFinal: true))
            #expect(try second.answer() == [AgentSays.token("b", isFinal: true)])
        }
    }

    /// The status of a refused handshake; nil: it was not refused.
    private func refusal(_ gateway: RunningGateway) -> Int? {
        do {
            _ = try gateway.connect("new_9")
        } catch BlockingWebSocketError.refused(let head) {
            return head.status
        } catch {}
        return nil
    }
}
