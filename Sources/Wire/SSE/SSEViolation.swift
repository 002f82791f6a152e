/// Why the body of an SSE response cannot be split further.
public enum SSEViolation: Error, Equatable, Sendable, CustomStringConvertible {
    /// A block has more bytes than allowed.
    case blockTooLong(limit: Int)

    /// A short sentence without a full stop.
    public var description: String {
        switch self {
        case .blockTooLong(let limit): "event is longer than \(limit) bytes"
        }
    }
}
