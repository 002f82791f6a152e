import Wire

/// Why a text is not a set of keys that tokens can be checked with.
public enum KeySetViolation: Error, Equatable, Sendable {
    /// It is not JSON.
    case json(JSONViolation)
    /// It is not an object, or its member `keys` is not there or no array (RFC 7517 §5).
    case noKeys
    /// None of its keys can be used with RS256.
    case noUsableKey
}

extension KeySetViolation: CustomStringConvertible {
    /// A short sentence without a full stop.
    public var description: String {
        switch self {
        case .json(let violation): "the key set is not JSON: \(violation)"
        case .noKeys: "the key set is not an object with an array \"keys\""
        case .noUsableKey: "the key set has no RSA key of 2048 to 8192 bits for RS256 signatures"
        }
    }
}
