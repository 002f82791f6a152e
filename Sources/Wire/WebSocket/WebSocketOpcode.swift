/// What a frame is (RFC 6455 §5.2). The numbers that are missing are reserved.
public enum WebSocketOpcode: UInt8, CaseIterable, Sendable {
    /// Goes on with the message begun.
    case continuation = 0x0
    /// Begins a message of UTF-8 text.
    case text = 0x1
    /// Begins a message of bytes.
    case binary = 0x2
    /// Ends the connection.
    case close = 0x8
    /// Asks for a pong.
    case ping = 0x9
    /// Answers a ping.
    case pong = 0xA

    /// Whether the frame may come between the fragments of a message, and is short and whole
    /// (§5.5).
    public var isControl: Bool { rawValue & 0x8 != 0 }
}
