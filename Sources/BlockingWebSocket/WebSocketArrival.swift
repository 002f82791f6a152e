import Wire

/// What ``BlockingWebSocket/receive(timeout:)`` came to.
public enum WebSocketArrival: Equatable, Sendable {
    /// A message of text, whole. Two texts are equal here when they look the same, as strings are;
    /// compare `utf8` where each byte counts.
    case text(String)
    /// A message of bytes, whole.
    case binary([UInt8])
    /// A ping; it has been answered already.
    case ping([UInt8])
    /// A pong.
    case pong([UInt8])
    /// The server's close frame, nil for one without a code; it has been answered already.
    case close(WebSocketCloseCode?, reason: String)
    /// The TCP connection has ended; after a close frame, or without one.
    case endOfInput
    /// Nothing came in time.
    case timeout
}
