/// How a peer broke RFC 6455 or a limit. The connection must be failed (§7.1.7): send a close frame
/// with ``closeCode`` and read no more.
public enum WebSocketViolation: Error, Equatable, Sendable {
    /// A reserved bit is set and no extension gives it a meaning (§5.2).
    case reservedBits
    /// An opcode that is reserved (§5.2).
    case unknownOpcode
    /// A client's frame without a mask (§5.1).
    case unmaskedFrame
    /// A server's frame with a mask (§5.1).
    case maskedFrame
    /// A length not written in the fewest bytes, or above 2^63 - 1 (§5.2).
    case malformedLength
    /// A control frame that is longer than 125 bytes or a fragment (§5.5).
    case malformedControlFrame
    /// A continuation where no message has begun (§5.4).
    case unexpectedContinuation
    /// A new message inside one that has not ended (§5.4).
    case interruptedMessage
    /// A text, or the reason of a close, is not UTF-8 (§8.1).
    case invalidUTF8
    /// A close frame with half a code, or a code that may not be sent (§7.4).
    case invalidCloseFrame
    /// The message, all fragments together, is longer than the limit.
    case messageTooBig
    /// The message came in more fragments than the limit.
    case tooManyFragments
}

extension WebSocketViolation {
    /// The code to close with.
    public var closeCode: WebSocketCloseCode {
        switch self {
        case .invalidUTF8: .invalidPayload
        case .messageTooBig: .messageTooBig
        case .tooManyFragments: .policyViolation
        default: .protocolError
        }
    }
}

extension WebSocketViolation: CustomStringConvertible {
    /// What is wrong, short enough for the reason of a close frame.
    public var description: String {
        switch self {
        case .reservedBits: "a reserved bit is set"
        case .unknownOpcode: "unknown opcode"
        case .unmaskedFrame: "a client's frame must be masked"
        case .maskedFrame: "a server's frame must not be masked"
        case .malformedLength: "malformed frame length"
        case .malformedControlFrame: "a control frame is fragmented or too long"
        case .unexpectedContinuation: "a continuation without a message"
        case .interruptedMessage: "a new message inside a fragmented one"
        case .invalidUTF8: "text is not UTF-8"
        case .invalidCloseFrame: "malformed close frame"
        case .messageTooBig: "message too big"
        case .tooManyFragments: "too many fragments"
        }
    }
}
