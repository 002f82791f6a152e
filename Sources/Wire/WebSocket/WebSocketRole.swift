/// Which side of a connection this is: a client masks its frames, a server does not (RFC 6455 §5.1).
public enum WebSocketRole: Sendable {
    /// Reads masked frames, writes unmasked ones.
    case server
    /// Reads unmasked frames, writes masked ones.
    case client
}
