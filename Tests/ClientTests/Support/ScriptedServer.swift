import BlockingWebSocket
import IOLoop
import Wire

/// A server that answers a handshake as it is told to, right or wrong, and then tells the client in a
/// text what it received: `pong abc`.
final class ScriptedServer: Sendable {
    /// Where it is.
    let url: WebSocketURL
    private let thread: LoopThread

    /// - Parameters:
    ///   - closes: whether the connection ends behind the answer.
    ///   - answer: all that is sent when the request is there, its head and what comes behind it.
    init(closes: Bool = false, answer: @escaping @Sendable (HTTPRequestHead) -> [UInt8]) throws {
        thread = try LoopThread { loop, address in
            let connections = ScriptedConnections()
            let listener = try Listener(on: address, loop: loop) { descriptor, peer in
                let socket = StreamSocket(adopting: descriptor, peer: peer, on: loop)
                connections.all.append(ScriptedConnection(socket, closes: closes, answer: answer))
            }
            return (listener, listener.address.port)
        }
        url = try WebSocketURL("ws://127.0.0.1:\(thread.port)/path")
    }

    /// A server that accepts, and sends these bytes right behind its 101.
    convenience init(accepting frames: [UInt8], closes: Bool = false) throws {
        try self.init(closes: closes) { request in
            var bytes: [UInt8] = []
            try? HTTPHeadWriter.append(WebSocketHandshake.accept(request), to: &bytes)
            return bytes + frames
        }
    }
}

private final class ScriptedConnections {
    var all: [ScriptedConnection] = []
}

private final class ScriptedConnection: StreamSocketOwner {
    private let socket: StreamSocket
    private let closes: Bool
    private let answer: (HTTPRequestHead) -> [UInt8]
    private var requests = HTTPHeadParser()
    private var frames = WebSocketFrameReader(role: .server, maxMessageBytes: 1 << 20)
    private var isAnswered = false

    init(_ socket: StreamSocket, closes: Bool, answer: @escaping (HTTPRequestHead) -> [UInt8]) {
        self.socket = socket
        self.closes = closes
        self.answer = answer
        socket.owner = self
    }

    func socketConnected(_ socket: StreamSocket) {}
    func socketSent(_ socket: StreamSocket) {}
    func socket(_ socket: StreamSocket, ended end: SocketEnd) { socket.finish() }

    func socket(_ socket: StreamSocket, received bytes: Span<UInt8>) -> Int {
        isAnswered ? tell(bytes) : receiveRequest(bytes)
    }

    private func receiveRequest(_ bytes: Span<UInt8>) -> Int {
        guard let (request, consumed) = try? requests.parseRequest(bytes) else { return 0 }
        isAnswered = true
        socket.write(answer(request))
        if closes { socket.finish() }
        return consumed
    }

    private func tell(_ bytes: Span<UInt8>) -> Int {
        var offset = 0
        while let (consumed, item) = try? frames.receive(bytes.extracting(offset..<bytes.count)) {
            offset += consumed
            guard let item else { return offset }
            let text = "\(item.opcode) " + String(decoding: frames.payload, as: UTF8.self)
            socket.write { WebSocketFrameWriter.append(.text, payload: text.utf8.span, to: &$0) }
        }
        return bytes.count
    }
}
