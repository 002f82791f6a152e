import AgentSimulator
import BlockingWebSocket
import Events
import Postmortem
import Session
import Testing

/// Everything that was seen outside is in the log (PROTOCOL §7.9), and was there before it was seen.
struct RecordTests {
    static let messages = [
        "Hello", "tool", "#fail:cut-mid-block Again", "plan", "#fail:not-json #fail:array x",
        "#fail:status=503 y", "#fail:multi-line #fail:crlf #fail:heartbeats z", "agent",
    ]

    /// PROTOCOL §7.9
    @Test(arguments: SimulatorManner.allCases)
    func everyFrameAndEveryPostIsOnRecord(manner: SimulatorManner) throws {
        let agent = try startSimulator { $0.manner = manner }
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            var received: [String] = []
            for message in Self.messages {
                try ide.send("[]")
                received.append(try ide.nextText())
                try ide.say(message)
                received += try ide.answer()
            }
            try ide.close()
            _ = try ide.nextClose()
            let recorded = try gateway.framesOnRecord(connection: 1)
            #expect(recorded.map { Array($0.utf8) } == received.map { Array($0.utf8) })
            let requests = try gateway.events().filter { $0.header.knownKind == .requestSent }
            #expect(requests.map(\.body) == agent.posts().map(\.body))
            let delivered = try gateway.events().last { $0.header.knownKind == .framesDelivered }
            let count = delivered.flatMap { FramesDelivered($0.body.span)?.frames }
            #expect(count == Int64(received.count))
        }
    }

    @Test func aFrameIsOnRecordBeforeTheIDEHasIt() throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("a b c d e f")
            var seen = 0
            while true {
                let text = try ide.nextText()
                let recorded = try gateway.framesOnRecord(connection: 1)
                try #require(recorded.count > seen)
                #expect(recorded[seen] == text)
                seen += 1
                if text.contains(#""is_final":true"#) { break }
            }
        }
    }

    @Test func aPostIsOnRecordBeforeTheAgentHasIt() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            for _ in 1...5 {
                try ide.say("Hello")
                let request = try agent.nextRequest()
                let last = try gateway.events().last { $0.header.knownKind == .requestSent }
                #expect(last?.body == Array(request.body.utf8))
                request.answer(AgentSays.sessionInfo("s"), AgentSays.token("a", isFinal: true))
                _ = try ide.answer()
            }
        }
    }

    @Test func theDeliveryOfASessionInfoIsConfirmedAtOnce() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            request.event(AgentSays.sessionInfo("s"))
            _ = try ide.nextText()
            let events = try gateway.waitForEvents("the delivery") { $0.has(.framesDelivered) }
            let chunk = events.first { $0.header.knownKind == .chunkReceived }
            let delivered = events.first { $0.header.knownKind == .framesDelivered }
            #expect(delivered?.header.detail == chunk?.header.ordinal)
            request.end()
        }
    }
}

extension RunningGateway {
    /// The text frames that a connection's events say were sent to the IDE, made again from the log.
    func framesOnRecord(connection: Int64) throws -> [String] {
        var replay = ConnectionReplay()
        var reading = EventReading()
        var frames: [String] = []
        for event in try events(connection: connection) {
            let step = replay.take(event.header, event.body.span, &reading)
            for effect in step.effects {
                var frame: [UInt8] = []
                switch effect {
                case .forward: reading.appendForwarded(event.body.span, to: &frame)
                case .send(let text), .reject(let text): frame = text
                default: continue
                }
                frames.append(String(decoding: frame, as: UTF8.self))
            }
        }
        return frames
    }
}
