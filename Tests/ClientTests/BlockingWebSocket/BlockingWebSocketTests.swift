import BlockingWebSocket
import Glibc
import IOLoop
import Testing
import Wire

struct BlockingWebSocketTests {
    @Test func whatComesWithTheAnswerIsNotLost() throws {
        let frames =
            frame(.text, "one") + frame(.text, "tw", isFinal: false) + frame(.ping, "p")
            + frame(.continuation, "o") + frame(.binary, "b")
        let server = try ScriptedServer(accepting: frames)
        let socket = try BlockingWebSocket(connectingTo: server.url)
        #expect(socket.response.status == 101)
        #expect(try socket.receive() == .text("one"))
        #expect(try socket.receive() == .ping(Array("p".utf8)))
        #expect(try socket.receive() == .text("two"))
        #expect(try socket.receive() == .binary(Array("b".utf8)))
        #expect(try socket.receive() == .text("pong p"))
    }

    @Test func everyKindOfFrameArrives() throws {
        let server = try ScriptedServer(accepting: [])
        let socket = try BlockingWebSocket(connectingTo: server.url)
        try socket.send("привет")
        try socket.send(Array("bytes".utf8))
        try socket.ping(Array("p".utf8))
        try socket.send(.text, payload: Array("a".utf8), isFinal: false)
        try socket.send(rawBytes: maskedFrame(.continuation, Array("b".utf8)))
        for text in ["text привет", "binary bytes", "ping p", "text ab"] {
            #expect(try socket.receive() == .text(text))
        }
        try socket.close(.normal, reason: "over")
        #expect(try socket.receive() == .text("close \u{3}\u{FFFD}over"))
    }

    @Test func aCloseIsAnsweredWithItsCode() throws {
        var close: [UInt8] = []
        WebSocketFrameWriter.appendClose(.init(rawValue: 3000), reason: "over", to: &close)
        let server = try ScriptedServer(accepting: close)
        let socket = try BlockingWebSocket(connectingTo: server.url)
        #expect(try socket.receive() == .close(.init(rawValue: 3000), reason: "over"))
        // After a close frame nothing is read (RFC 6455 §5.5.1), not even what the server says of ours.
        #expect(try socket.receive(timeout: .zero) == .timeout)
    }

    @Test func theRequestHoldsTheFieldsGiven() throws {
        let server = try ScriptedServer { request in
            let isComplete =
                request.target == "/path" && request.value(of: "X-Internal-Auth") == "key"
                && (try? WebSocketHandshake.accept(request)) != nil
            return Array("HTTP/1.1 \(isComplete ? 401 : 400) \r\n\r\n".utf8)
        }
        #expect(throws: BlockingWebSocketError.refused(HTTPResponseHead(status: 401, reason: ""))) {
            try BlockingWebSocket(connectingTo: server.url, fields: ["X-Internal-Auth": "key"])
        }
    }

    @Test(
        arguments: [
            ("", .closedInHandshake),
            ("HTTP/1.1 101", .closedInHandshake),
            ("HTTP/1.1 101 \r\n\r\n", .handshake(.notAnUpgrade)),
            (
                "HTTP/1.1 101 \r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
                .handshake(.wrongAccept)
            ),
            ("HTTP/1.1 100 \r\n\r\nHTTP/1.1 101 \r\n\r\n", .handshake(.notAnUpgrade)),
            ("nonsense\r\n\r\n", .invalidResponse(.malformedStatusLine)),
        ] as [(String, BlockingWebSocketError)]
    )
    func anAnswerThatIsNoHandshakeIsTold(answer: String, error: BlockingWebSocketError) throws {
        let server = try ScriptedServer(closes: true) { _ in Array(answer.utf8) }
        #expect(throws: error) { try BlockingWebSocket(connectingTo: server.url) }
    }

    @Test func aServerThatSaysNothingIsATimeout() throws {
        let silent = try ScriptedServer { _ in [] }
        #expect(throws: BlockingWebSocketError.socket(.timeout(call: "handshake"))) {
            try BlockingWebSocket(connectingTo: silent.url, timeout: .zero)
        }
        let accepting = try ScriptedServer(accepting: [])
        let socket = try BlockingWebSocket(connectingTo: accepting.url)
        #expect(try socket.receive(timeout: .zero) == .timeout)
    }

    @Test func anEndWithoutACloseFrameIsTold() throws {
        let server = try ScriptedServer(accepting: frame(.text, "last"), closes: true)
        let socket = try BlockingWebSocket(connectingTo: server.url)
        #expect(try socket.receive() == .text("last"))
        #expect(try socket.receive() == .endOfInput)
    }

    @Test(
        arguments: [
            (maskedFrame(.text, [0x41]), .maskedFrame), ([0x81, 0x01, 0xFF], .invalidUTF8),
            ([0x83, 0x00], .unknownOpcode),
            ([0x82, 0x7F, 0, 0, 0, 0, 0x7F, 0, 0, 0], .messageTooBig),
        ] as [([UInt8], WebSocketViolation)]
    )
    func aViolationOfTheServerIsTold(bytes: [UInt8], violation: WebSocketViolation) throws {
        let server = try ScriptedServer(accepting: bytes)
        let socket = try BlockingWebSocket(connectingTo: server.url)
        #expect(throws: BlockingWebSocketError.violation(violation)) { try socket.receive() }
    }

    @Test func aFieldThatWouldBreakTheRequestIsRefused() throws {
        let server = try ScriptedServer(accepting: [])
        #expect(throws: BlockingWebSocketError.invalidRequest(.invalidFieldValue)) {
            try BlockingWebSocket(connectingTo: server.url, fields: ["X": "a\r\nY: b"])
        }
    }

    @Test func noServerIsAFailure() throws {
        let port = try LoopThread { loop, address in
            let listener = try Listener(on: address, loop: loop) { _, _ in }
            listener.close()
            return (listener, listener.address.port)
        }.port
        let refused = BlockingSocketError.failed(call: "connect", code: ECONNREFUSED)
        #expect(throws: BlockingWebSocketError.socket(refused)) {
            try BlockingWebSocket(connectingTo: WebSocketURL("ws://127.0.0.1:\(port)"))
        }
    }
}
