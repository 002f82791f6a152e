import BlockingWebSocket
import Events
import Testing
import Wire

/// An IDE that breaks RFC 6455 is told why, and it is on record.
struct ProtocolViolationTests {
    /// Bytes that break the protocol, and the code they are answered with.
    struct Violation: CustomTestStringConvertible, Sendable {
        let name: String
        let bytes: [UInt8]
        let code: WebSocketCloseCode
        var testDescription: String { name }

        init(_ name: String, _ bytes: [UInt8], _ code: WebSocketCloseCode = .protocolError) {
            self.name = name
            self.bytes = bytes
            self.code = code
        }
    }

    private static let mask: [UInt8] = [0, 0, 0, 0]

    static let violations = [
        Violation("an unmasked frame", [0x81, 0x01, 0x61]),
        Violation("a reserved bit", [0xC1, 0x81] + mask + [0x61]),
        Violation("a reserved opcode", [0x83, 0x80] + mask),
        Violation("a fragmented ping", [0x09, 0x80] + mask),
        Violation("a ping of 126 bytes", [0x89, 0xFE, 0, 126] + mask),
        Violation("a continuation of nothing", [0x80, 0x80] + mask),
        Violation("a message within a message", [0x01, 0x80] + mask + [0x81, 0x80] + mask),
        Violation("a length in too many bytes", [0x81, 0xFE, 0, 1] + mask + [0x61]),
        Violation("a close code that may not be sent", [0x88, 0x82] + mask + [0x03, 0xED]),
        Violation("half a close code", [0x88, 0x81] + mask + [0x03]),
        Violation("text that is not UTF-8", [0x81, 0x81] + mask + [0xFF], .invalidPayload),
        Violation(
            "text that ends within a character",
            [0x81, 0x81] + mask + [0xC3],
            .invalidPayload
        ),
        Violation("a message too big", [0x81, 0xFE, 0x03, 0xE9] + mask, .messageTooBig),
        Violation(
            "fragments too big together",
            [0x01, 0xFE, 0x03, 0xE8] + mask + [UInt8](repeating: 0x61, count: 1000)
                + [0x80, 0x81] + mask,
            .messageTooBig
        ),
    ]

    @Test(arguments: violations)
    func theConnectionIsClosedWithTheCodeAndOnRecord(violation: Violation) throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.maxMessageBytes = 1000 }) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.send(rawBytes: violation.bytes)
            let close = try ide.nextClose()
            #expect(close.code == violation.code)
            #expect(!close.reason.isEmpty)
            #expect(try ide.receive() == .endOfInput)
            let events = try gateway.events(connection: 1)
            #expect(
                events.map(\.header.knownKind).suffix(2) == [.frameRejected, .connectionClosed]
            )
            let code = Int64(violation.code.rawValue)
            #expect(events.suffix(2).allSatisfy { $0.header.detail == code })
            #expect(try agent.hasRequest() == false)
        }
    }

    @Test func theAnswerUnderWayIsStillReadToItsEnd() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            try ide.send(rawBytes: [0xFF, 0xFF])
            #expect(try ide.nextClose().code == .protocolError)
            request.event(AgentSays.sessionInfo("abc-123"))
            request.end()
            try gateway.waitForEvents("the end") { $0.has(.streamEnded) }
            #expect(try gateway.state(connection: 1).identity?.text == "abc-123")
        }
    }

    @Test func aCloseFrameIsAnsweredWithItsCode() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            for code in [WebSocketCloseCode.normal, .goingAway, .init(rawValue: 4999)] {
                let ide = try gateway.connect("new_1")
                try ide.close(code)
                #expect(try ide.receive() == .close(code, reason: ""))
                #expect(try ide.receive() == .endOfInput)
            }
            let ide = try gateway.connect("new_1")
            try ide.send(.close, payload: [])
            #expect(try ide.receive() == .close(nil, reason: ""))
        }
    }
}
