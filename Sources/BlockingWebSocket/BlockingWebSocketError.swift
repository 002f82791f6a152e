import Wire

/// Why a WebSocket could not be opened or used.
public enum BlockingWebSocketError: Error, Equatable, Sendable {
    /// The TCP connection failed.
    case socket(BlockingSocketError)
    /// The server answered the handshake with another status than 101; its head.
    case refused(HTTPResponseHead)
    /// The server's 101 is not one that may be accepted (RFC 6455 §4.1).
    case handshake(WebSocketHandshakeViolation)
    /// The handshake cannot be written as HTTP: a field that was given is not valid.
    case invalidRequest(HTTPViolation)
    /// The server's answer is not HTTP.
    case invalidResponse(HTTPViolation)
    /// The server closed the connection before it answered the handshake.
    case closedInHandshake
    /// The server broke RFC 6455, or its message is longer than the limit.
    case violation(WebSocketViolation)
}

extension BlockingWebSocketError: CustomStringConvertible {
    /// What happened, for the person who looks at the server.
    public var description: String {
        switch self {
        case .socket(let error): error.description
        case .refused(let head): "the handshake was answered \(head.status) \(head.reason)"
        case .handshake(let violation): "\(violation)"
        case .invalidRequest(let violation): "the handshake cannot be sent: \(violation)"
        case .invalidResponse(let violation):
            "the answer to the handshake is not HTTP: \(violation)"
        case .closedInHandshake: "the connection was closed before the handshake was answered"
        case .violation(let violation): "the server broke the WebSocket protocol: \(violation)"
        }
    }
}
