import IOLoop
import Wire

/// One connection: the handshake, then every message back as it came.
///
///     handshake ──request accepted──→ open ──close frame, violation or end of input──→ finished
///         └──────request refused──────────────────────────────────────────────────────────↑
///
/// A peer that sends and does not read is not read either: while more than ``highMark`` bytes wait for
/// it, its frames stay where they are.
final class EchoConnection: StreamSocketOwner {
    /// How long a message may be in bytes.
    static let maxMessageBytes = 16 << 20
    /// Unsent bytes at which reading pauses.
    static let highMark = 1 << 20
    /// Unsent bytes at which it goes on.
    static let lowMark = 256 << 10
    /// How long what is left may take to be sent, and the peer to close, in microseconds.
    private static let linger: Int64 = 10_000_000

    let socket: StreamSocket
    private let finished: (EchoConnection) -> Void
    var requests = HTTPHeadParser()
    private var frames = WebSocketFrameReader(
        role: .server,
        maxMessageBytes: EchoConnection.maxMessageBytes
    )
    var isUpgraded = false

    /// `finished` is called once, when the connection needs nothing more from its owner.
    init(_ socket: StreamSocket, finished: @escaping (EchoConnection) -> Void) {
        self.socket = socket
        self.finished = finished
        socket.owner = self
    }

    func socketConnected(_ socket: StreamSocket) {}

    func socket(_ socket: StreamSocket, received bytes: Span<UInt8>) -> Int {
        var offset = 0
        if !isUpgraded { offset = receiveRequest(bytes) }
        if isUpgraded { offset += receiveFrames(bytes.extracting(offset..<bytes.count)) }
        return offset
    }

    func socket(_ socket: StreamSocket, ended end: SocketEnd) { finish() }

    func socketSent(_ socket: StreamSocket) {
        if socket.unsentBytes <= Self.lowMark { socket.resumeReading() }
    }

    /// Reads and performs items until the bytes end or the peer has too much to take.
    private func receiveFrames(_ bytes: Span<UInt8>) -> Int {
        var offset = 0
        do throws(WebSocketViolation) {
            while socket.isOpen, socket.unsentBytes < Self.highMark {
                let rest = bytes.extracting(offset..<bytes.count)
                let (consumed, item) = try frames.receive(rest)
                offset += consumed
                guard let item else { return offset }
                perform(item)
            }
        } catch {
            socket.write { output in
                WebSocketFrameWriter.appendClose(
                    error.closeCode,
                    reason: error.description,
                    to: &output
                )
            }
            finish()
        }
        if socket.isOpen { socket.pauseReading() }
        return offset
    }

    private func perform(_ item: WebSocketItem) {
        switch item {
        case .text, .binary: echo(as: item.opcode)
        case .ping: echo(as: .pong)
        case .pong: break
        case .close:
            // The same code back (RFC 6455 §5.5.1), then the server closes first (§7.1.1).
            echo(as: .close)
            finish()
        }
    }

    private func echo(as opcode: WebSocketOpcode) {
        let payload = frames.takePayload()
        socket.write { output in
            WebSocketFrameWriter.append(opcode, payload: payload.span, to: &output)
        }
    }

    /// Lets the socket send what is left and close. The loop keeps it until then.
    func finish() {
        socket.finish(linger: Self.linger)
        finished(self)
    }
}
