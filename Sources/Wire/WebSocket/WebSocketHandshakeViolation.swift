/// Why a handshake failed (RFC 6455 §4).
public enum WebSocketHandshakeViolation: Error, Equatable, Sendable {
    /// The method is not GET (§4.1).
    case methodNotGet
    /// HTTP/1.0 cannot be upgraded.
    case versionTooOld
    /// The request has a body, which would be read as frames.
    case requestHasBody
    /// `Upgrade: websocket` or `Connection: Upgrade` is missing.
    case notAnUpgrade
    /// Sec-WebSocket-Version is not 13 (§4.4).
    case unsupportedVersion
    /// Sec-WebSocket-Key is missing, repeated, or not the base64 of 16 bytes.
    case invalidKey
    /// The server's answer is not 101.
    case refused(status: Int)
    /// The server's Sec-WebSocket-Accept does not belong to the key (§4.1).
    case wrongAccept
    /// The server chose an extension or a subprotocol that was not offered (§4.1).
    case notOffered
}

extension WebSocketHandshakeViolation {
    /// The status with which a server answers.
    public var status: Int {
        switch self {
        case .methodNotGet: 405
        case .notAnUpgrade, .unsupportedVersion: 426
        default: 400
        }
    }

    /// What the answer must hold besides.
    public var fields: HTTPFields {
        switch self {
        case .methodNotGet: ["Allow": "GET"]
        case .notAnUpgrade: ["Upgrade": "websocket", "Connection": "Upgrade"]
        case .unsupportedVersion:
            // Upgrade goes with every 426 (RFC 9110 §15.5.22).
            ["Sec-WebSocket-Version": "13", "Upgrade": "websocket", "Connection": "Upgrade"]
        default: [:]
        }
    }
}

extension WebSocketHandshakeViolation: CustomStringConvertible {
    /// What is wrong, for an answer or a log line.
    public var description: String {
        switch self {
        case .methodNotGet: "a WebSocket handshake must be a GET request"
        case .versionTooOld: "a WebSocket handshake needs HTTP/1.1"
        case .requestHasBody: "a WebSocket handshake must not have a body"
        case .notAnUpgrade: "this path speaks WebSocket: Upgrade: websocket is missing"
        case .unsupportedVersion: "Sec-WebSocket-Version must be 13"
        case .invalidKey: "Sec-WebSocket-Key must be one base64 value of 16 bytes"
        case .refused(let status): "the server answered the handshake with \(status)"
        case .wrongAccept: "the server's Sec-WebSocket-Accept is wrong"
        case .notOffered: "the server chose an extension or subprotocol that was not offered"
        }
    }
}
