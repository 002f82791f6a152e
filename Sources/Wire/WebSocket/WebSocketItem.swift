/// What has come whole; its payload is in ``WebSocketFrameReader/payload``.
public enum WebSocketItem: Equatable, Sendable {
    /// A message of text, valid UTF-8, and in how many frames it came.
    case text(fragments: Int)
    /// A message of bytes, and in how many frames it came.
    case binary(fragments: Int)
    /// A ping: answer with a pong of the same payload (RFC 6455 §5.5.3).
    case ping
    /// A pong.
    case pong
    /// The peer ends the connection. The payload holds the code's two bytes, when there is one,
    /// and the reason.
    case close(WebSocketCloseCode?)

    /// The opcode of the frame, or of the message's first.
    public var opcode: WebSocketOpcode {
        switch self {
        case .text: .text
        case .binary: .binary
        case .ping: .ping
        case .pong: .pong
        case .close: .close
        }
    }
}
