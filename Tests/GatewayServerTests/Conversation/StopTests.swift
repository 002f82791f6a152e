import AgentSimulator
import BlockingWebSocket
import Events
import Foundation
import GatewayServer
import Testing
import Wire

/// How a gateway stops, and starts again on the same log.
struct StopTests {
    @Test func anIdleConnectionIsClosedAtOnce() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.drainTimeout = 60_000_000 }) { gateway in
            let ide = try gateway.connect("new_1")
            let stop = gateway.beginStop()
            #expect(try ide.nextClose().code == .serviceRestart)
            try stop.join()
        }
    }

    @Test func anAnswerUnderWayIsFinishedBeforeTheClose() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.drainTimeout = 60_000_000 }) { gateway in
            let ide = try gateway.connect("new_1")
            let idle = try gateway.connect("new_2")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            request.event(AgentSays.sessionInfo("abc-123"))
            _ = try ide.nextText()
            let stop = gateway.beginStop()
            // The close of the idle one tells that the stop has begun.
            #expect(try idle.nextClose().code == .serviceRestart)
            request.event(AgentSays.token("a", isFinal: true))
            request.end()
            #expect(try ide.nextText() == AgentSays.token("a", isFinal: true))
            #expect(try ide.nextClose().code == .serviceRestart)
            try stop.join()
            // What has been delivered may be recorded before the end or after it.
            let kinds = try gateway.kinds(connection: 1).filter { $0 != .framesDelivered }
            #expect(kinds.suffix(2) == [.streamEnded, .connectionClosed])
        }
    }

    @Test func aMessageThatWaitsIsAnsweredBeforeTheClose() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.drainTimeout = 60_000_000 }) { gateway in
            let ide = try gateway.connect("abc-123")
            try ide.say("One")
            try ide.say("Two")
            let first = try agent.nextRequest()
            try gateway.waitForEvents("two frames") { events in
                events.count { $0.header.knownKind == .frameReceived } == 2
            }
            let stop = gateway.beginStop()
            first.answer(AgentSays.token("1", isFinal: true))
            try agent.nextRequest().answer(AgentSays.token("2", isFinal: true))
            #expect(try ide.nextText() == AgentSays.token("1", isFinal: true))
            #expect(try ide.nextText() == AgentSays.token("2", isFinal: true))
            #expect(try ide.nextClose().code == .serviceRestart)
            try stop.join()
        }
    }

    @Test func pastTheDrainTimeoutAnAnswerIsCut() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.drainTimeout = 50_000 }) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            let stop = gateway.beginStop()
            #expect(try ide.nextText().contains("Streaming error: the gateway stops"))
            #expect(try ide.nextClose().code == .serviceRestart)
            try request.waitForEnd()
            try stop.join()
            let last = try gateway.events().suffix(3).map(\.header.knownKind)
            #expect(last == [.requestFailed, .connectionClosed, .gatewayStopped])
        }
    }

    @Test func whatAnIDEIsSlowToTakeLeavesBeforeTheClose() throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url, { $0.drainTimeout = 60_000_000 }) { gateway in
            let ide = try gateway.connect("abc-123", receiveBufferBytes: 4096)
            try ide.say("Hello #fail:big=12000000")
            try gateway.waitForEvents("the end of the answer") { $0.has(.streamEnded) }
            let stop = gateway.beginStop()
            try gateway.waitForEvents("the close") { $0.has(.connectionClosed) }
            let texts = try ide.answer()
            #expect(texts.contains { $0.utf8.count > 12_000_000 })
            #expect(try ide.nextClose().code == .serviceRestart)
            try stop.join()
        }
    }

    @Test func aRESTCallUnderWayIsAnswered() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.drainTimeout = 60_000_000 }) { gateway in
            let deadline = Deadline(after: .seconds(patience))
            let caller = try BlockingSocket(host: "127.0.0.1", port: gateway.port, by: deadline)
            let key = Settings.defaultInternalKey
            let head = "GET /api/v1/agents HTTP/1.1\r\nHost: a\r\nX-Internal-Auth: \(key)\r\n\r\n"
            try caller.send(Array(head.utf8), by: deadline)
            let request = try agent.nextRequest()
            let idle = try gateway.connect("new_1")
            let stop = gateway.beginStop()
            _ = try idle.nextClose()
            request.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n[\"ok\"]")
            var answer: [UInt8] = []
            while case .bytes = try caller.receive(into: &answer, by: deadline) {}
            #expect(String(decoding: answer, as: UTF8.self).hasSuffix("\r\n\r\n[\"ok\"]"))
            try stop.join()
        }
    }

    @Test func noConnectionIsTakenWhileItStops() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.drainTimeout = 60_000_000 }) { gateway in
            let ide = try gateway.connect("new_1")
            let port = gateway.port
            try ide.say("Hello")
            let request = try agent.nextRequest()
            let idle = try gateway.connect("new_2")
            let stop = gateway.beginStop()
            _ = try idle.nextClose()
            let url = try WebSocketURL("ws://127.0.0.1:\(port)/ws/new_3")
            #expect(throws: BlockingWebSocketError.self) {
                try BlockingWebSocket(connectingTo: url, timeout: .seconds(patience))
            }
            request.answer(AgentSays.token("a", isFinal: true))
            #expect(try ide.nextText() == AgentSays.token("a", isFinal: true))
            try stop.join()
        }
    }

    @Test func theNextRunGoesOnWithPositionsAndConnections() throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url) { gateway in
            for run in 1...3 {
                let ide = try gateway.connect("new_\(run)")
                try ide.say("Hello")
                _ = try ide.answer()
                gateway.stop()
                try gateway.start()
            }
            let events = try gateway.waitForEvents("four starts") { events in
                events.count { $0.header.knownKind == .gatewayStarted } == 4
            }
            #expect(events.map(\.position) == Array(1...Int64(events.count)))
            let openings = events.filter { $0.header.knownKind == .connectionOpened }
            #expect(openings.map(\.header.connection) == [1, 2, 3])
            let stops = events.count { $0.header.knownKind == .gatewayStopped }
            #expect(stops == 3)
        }
    }

    @Test func aSecondGatewayOnTheFolderRefusesToStart() throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url) { gateway in
            do {
                try gateway.launch().stop()
                Issue.record("a second gateway has started")
            } catch let error as StartError {
                #expect(error.description.contains("in use"), "\(error)")
            }
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            _ = try ide.answer()
        }
    }
}

extension RunningGateway {
    /// The kinds of a connection's events.
    func kinds(connection: Int64) throws -> [EventKind?] {
        try events(connection: connection).map(\.header.knownKind)
    }
}
