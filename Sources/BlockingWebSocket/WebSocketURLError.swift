import Wire

/// Why a text is no URL that this client can connect to.
public enum WebSocketURLError: Error, Equatable, Sendable {
    /// It does not begin with `ws://`.
    case notWebSocket
    /// It begins with `wss://`: there is no TLS here.
    case secureUnsupported
    /// What follows the scheme is wrong.
    case invalid(HTTPBaseURLError)
}

extension WebSocketURLError: CustomStringConvertible {
    /// What is wrong, for the person who wrote the URL.
    public var description: String {
        switch self {
        case .notWebSocket:
            "the URL must begin with ws://"
        case .secureUnsupported:
            "wss:// is not supported: connect with ws:// to the port behind the TLS proxy"
        case .invalid(let error):
            error.description
        }
    }
}
