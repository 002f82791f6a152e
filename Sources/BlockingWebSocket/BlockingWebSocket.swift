import Wire

/// A WebSocket client whose calls wait: for programs that do one thing after the other, and for tests.
///
/// Every wait is bounded, by the timeout of the connection unless a call has its own. Nothing is read
/// but inside ``receive(timeout:)``: pings are answered there, and a server that sends much is held back
/// until it is called. To be used by one thread. Without ``close(_:reason:)`` the connection ends with
/// the object, with no close frame.
public final class BlockingWebSocket {
    /// The server's answer to the handshake.
    public let response: HTTPResponseHead
    let socket: BlockingSocket
    private let timeout: Duration
    private var input: FrameInput
    private var reader: WebSocketFrameReader
    private var hasSentClose = false
    /// Whether pings are answered, as they must be; not so by a client that plays dead.
    public var answersPings = true

    /// Connects and performs the handshake (RFC 6455 §4.1).
    ///
    /// - Parameters:
    ///   - fields: what the request has besides the handshake's own, such as Authorization.
    ///   - timeout: for connecting and the handshake together, and later for each call that gives no
    ///     other.
    ///   - maxMessageBytes: the longest message that is accepted; a longer one is a violation.
    ///   - receiveBufferBytes: the system's receive buffer, for a client that is to be slow.
    ///   - segmentBytes: the longest TCP segment, which bounds what the server's system holds for a
    ///     client that is slow.
    public init(
        connectingTo url: WebSocketURL,
        fields: HTTPFields = [:],
        timeout: Duration = .seconds(10),
        maxMessageBytes: Int = 64 << 20,
        receiveBufferBytes: Int32? = nil,
        segmentBytes: Int32? = nil
    ) throws(BlockingWebSocketError) {
        let deadline = Deadline(after: timeout)
        do throws(BlockingSocketError) {
            socket = try BlockingSocket(
                host: url.host,
                port: url.port,
                receiveBufferBytes: receiveBufferBytes,
                segmentBytes: segmentBytes,
                by: deadline
            )
        } catch {
            throw .socket(error)
        }
        let handshake = ClientHandshake(url: url, fields: fields)
        var rest: [UInt8] = []
        response = try handshake.perform(over: socket, leaving: &rest, by: deadline)
        input = FrameInput(rest)
        reader = WebSocketFrameReader(role: .client, maxMessageBytes: maxMessageBytes)
        self.timeout = timeout
    }

    /// Waits for a message or a control frame, however many reads it takes.
    ///
    /// - Throws: ``BlockingWebSocketError/violation(_:)``, after which only the end of input comes, and
    ///   ``BlockingWebSocketError/socket(_:)`` for a reset.
    public func receive(
        timeout: Duration? = nil
    ) throws(BlockingWebSocketError) -> WebSocketArrival {
        let deadline = Deadline(after: timeout ?? self.timeout)
        while true {
            if let arrival = try nextArrival() { return arrival }
            do throws(BlockingSocketError) {
                switch try socket.receive(into: &input.bytes, by: deadline) {
                case .bytes: continue
                case .endOfInput: return .endOfInput
                case .timeout: return .timeout
                }
            } catch {
                throw .socket(error)
            }
        }
    }

    /// Sends one frame with a fresh mask (RFC 6455 §5.3).
    public func send(
        _ opcode: WebSocketOpcode,
        payload: [UInt8],
        isFinal: Bool = true
    ) throws(BlockingWebSocketError) {
        var frame: [UInt8] = []
        var random = SystemRandomNumberGenerator()
        let mask = UInt32(truncatingIfNeeded: random.next())
        WebSocketFrameWriter.append(
            opcode,
            payload: payload.span,
            mask: mask,
            isFinal: isFinal,
            to: &frame
        )
        if opcode == .close { hasSentClose = true }
        try send(rawBytes: frame)
    }

    /// Sends the bytes as they are, be they a frame or not.
    public func send(rawBytes: [UInt8]) throws(BlockingWebSocketError) {
        do throws(BlockingSocketError) {
            try socket.send(rawBytes, by: Deadline(after: timeout))
        } catch {
            throw .socket(error)
        }
    }

    /// What has come already and is whole; nil: more must come first.
    private func nextArrival() throws(BlockingWebSocketError) -> WebSocketArrival? {
        do throws(WebSocketViolation) {
            guard let (item, payload) = try input.next(&reader) else { return nil }
            return arrival(of: item, payload)
        } catch {
            throw .violation(error)
        }
    }

    /// The item with its payload, answered where the protocol says so (§5.5.1, §5.5.2). That the answer
    /// cannot be sent is no reason to withhold what came before the end.
    private func arrival(of item: WebSocketItem, _ payload: [UInt8]) -> WebSocketArrival {
        switch item {
        case .text: return .text(String(decoding: payload, as: UTF8.self))
        case .binary: return .binary(payload)
        case .pong: return .pong(payload)
        case .ping:
            // Who does not take one pong is not waited for at each ping.
            if !hasSentClose, answersPings {
                answersPings = (try? send(.pong, payload: payload)) != nil
            }
            return .ping(payload)
        case .close(let code):
            if !hasSentClose { try? send(.close, payload: Array(payload.prefix(2))) }
            return .close(code, reason: WebSocketClose.reason(in: payload))
        }
    }
}
