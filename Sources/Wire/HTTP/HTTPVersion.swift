/// The version of a message, as far as its meaning here differs (RFC 9110 §2.5: a later minor
/// version of HTTP/1 is read as the highest one known).
public enum HTTPVersion: Sendable {
    /// HTTP/1.0: no chunked bodies, no persistent connection unless both sides say so.
    case http10
    /// HTTP/1.1.
    case http11

    /// As it stands in the first line.
    public var text: String {
        switch self {
        case .http10: "HTTP/1.0"
        case .http11: "HTTP/1.1"
        }
    }
}
