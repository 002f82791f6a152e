/// Why a connection ends (RFC 6455 §7.4 and the IANA registry of close codes).
public struct WebSocketCloseCode: RawRepresentable, Hashable, Sendable {
    /// The number.
    public var rawValue: UInt16

    /// A code of this number.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Whether a close frame may carry it: 1000–1003, 1007–1014, 3000–4999. The others are
    /// reserved, or stand for what no frame said (1005, 1006, 1015).
    public var mayBeSent: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}

// Those that the programs here send or look for.
extension WebSocketCloseCode {
    /// 1000: what was to be done is done.
    public static let normal = Self(rawValue: 1000)
    /// 1001: the server stops, or the page is left.
    public static let goingAway = Self(rawValue: 1001)
    /// 1002: the peer broke the protocol.
    public static let protocolError = Self(rawValue: 1002)
    /// 1007: text that is not UTF-8.
    public static let invalidPayload = Self(rawValue: 1007)
    /// 1008: a rule of the server is broken.
    public static let policyViolation = Self(rawValue: 1008)
    /// 1009: the message is too big.
    public static let messageTooBig = Self(rawValue: 1009)
    /// 1011: the server failed.
    public static let internalError = Self(rawValue: 1011)
    /// 1012: the server is starting again.
    public static let serviceRestart = Self(rawValue: 1012)
}
