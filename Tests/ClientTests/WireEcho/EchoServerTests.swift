import BlockingWebSocket
import IOLoop
import Testing
import Wire

@testable import wire_echo

/// The program's server, spoken to from outside.
struct EchoServerTests {
    private let server: LoopThread
    private let url: WebSocketURL

    init() throws {
        server = try LoopThread { loop, address in
            let server = try EchoServer(on: address, loop: loop)
            return (server, server.address.port)
        }
        url = try WebSocketURL("ws://127.0.0.1:\(server.port)/any/path")
    }

    @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 1 << 20])
    func aMessageComesBackAsItWas(size: Int) throws {
        let socket = try BlockingWebSocket(connectingTo: url)
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try socket.send(bytes)
        #expect(try socket.receive() == .binary(bytes))
        let text = String(repeating: "x", count: size)
        try socket.send(text)
        #expect(try socket.receive() == .text(text))
    }

    @Test func theLongestMessageComesBackAndALongerOneIsRefused() throws {
        let socket = try BlockingWebSocket(connectingTo: url)
        let longest = [UInt8](repeating: 7, count: EchoConnection.maxMessageBytes)
        try socket.send(longest)
        #expect(try socket.receive() == .binary(longest))
        // The header alone: the length is judged before the payload comes.
        try socket.send(rawBytes: [0x82, 0xFF, 0, 0, 0, 0, 0x01, 0, 0, 0x01, 1, 2, 3, 4])
        #expect(try socket.receive() == .close(.messageTooBig, reason: "message too big"))
        #expect(try socket.receive() == .endOfInput)
    }

    @Test func controlFramesMayComeBetweenFragments() throws {
        let bytes =
            maskedFrame(.text, Array("при".utf8).dropLast(), isFinal: false)
            + maskedFrame(.ping, [1, 2]) + maskedFrame(.pong, [3])
            + maskedFrame(.continuation, Array("и".utf8).suffix(1) + Array("вет".utf8))
        let socket = try BlockingWebSocket(connectingTo: url)
        try socket.send(rawBytes: bytes)
        #expect(try socket.receive() == .pong([1, 2]))
        #expect(try socket.receive() == .text("привет"))
        // Byte by byte it is the same.
        for byte in bytes { try socket.send(rawBytes: [byte]) }
        #expect(try socket.receive() == .pong([1, 2]))
        #expect(try socket.receive() == .text("привет"))
    }

    @Test(
        arguments: [
            ([0x81, 0x01, 0x41], 1002), (maskedFrame(.continuation, []), 1002),
            ([0xC1, 0x80, 0, 0, 0, 0], 1002), ([0x83, 0x80, 0, 0, 0, 0], 1002),
            ([0x09, 0x80, 0, 0, 0, 0], 1002), ([0x89, 0xFE], 1002),
            (maskedFrame(.text, [0xC3, 0x28]), 1007), (maskedFrame(.text, [0xC3]), 1007),
            (maskedFrame(.close, [0x03]), 1002), (maskedFrame(.close, [0x03, 0xED]), 1002),
            (maskedFrame(.close, [0x03, 0xE8, 0xFF]), 1007),
        ] as [([UInt8], UInt16)]
    )
    func aViolationIsClosedWithItsCode(bytes: [UInt8], code: UInt16) throws {
        let socket = try BlockingWebSocket(connectingTo: url)
        try socket.send(rawBytes: maskedFrame(.binary, [1]) + bytes + maskedFrame(.binary, [2]))
        #expect(try socket.receive() == .binary([1]))
        guard case .close(let received?, _) = try socket.receive() else {
            Issue.record("no close frame")
            return
        }
        #expect(received.rawValue == code)
        #expect(try socket.receive() == .endOfInput)
    }

    @Test func aCloseIsEchoed() throws {
        let socket = try BlockingWebSocket(connectingTo: url)
        try socket.close(.goingAway, reason: "пока")
        #expect(try socket.receive() == .close(.goingAway, reason: "пока"))
        #expect(try socket.receive() == .endOfInput)
        let silent = try BlockingWebSocket(connectingTo: url)
        try silent.send(.close, payload: [])
        #expect(try silent.receive() == .close(nil, reason: ""))
    }

    @Test func aPeerThatDoesNotReadLosesNothing() throws {
        let socket = try BlockingWebSocket(connectingTo: url, receiveBufferBytes: 4096)
        let piece = [UInt8](repeating: 9, count: 32 * 1024)
        let count = 4 * EchoConnection.highMark / piece.count
        for _ in 0..<count { try socket.send(piece) }
        for _ in 0..<count { #expect(try socket.receive() == .binary(piece)) }
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: h\r\n\r\n", 426), ("GET / HTTP/1.1\r\n\r\n", 400),
        ("nonsense\r\n\r\n", 400), ("POST / HTTP/1.1\r\nHost: h\r\n\r\n", 405),
    ])
    func whatIsNoHandshakeIsAnswered(request: String, status: Int) throws {
        let deadline = Deadline(after: .seconds(10))
        let socket = try BlockingSocket(host: "127.0.0.1", port: server.port, by: deadline)
        try socket.send(Array(request.utf8), by: deadline)
        var answer: [UInt8] = []
        while try socket.receive(into: &answer, by: deadline) != .endOfInput {}
        #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 \(status) "))
    }
}
