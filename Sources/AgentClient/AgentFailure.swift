import Wire

/// Why an exchange with the Agent Runtime came to no good end.
public enum AgentFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The host has no address; with the system's words.
    case notResolved(host: String, reason: String)
    /// No address took the connection; with the system's words for the last one.
    case notConnected(to: String, reason: String)
    /// No address took the connection in time.
    case connectTimeout(to: String)
    /// As many requests are under way as may be, and none ended in time.
    case tooManyRequests
    /// Nothing came for so many microseconds.
    case silent(Int64)
    /// The connection ended before the answer did.
    case broken(String)
    /// The answer broke HTTP or a limit.
    case malformed(HTTPViolation)
    /// The answer has more bytes than are taken; only for a ``WholeAnswer``.
    case tooLong(limit: Int)
    /// The request cannot be written.
    case unsendable(HTTPViolation)

    /// A sentence for people, without a full stop.
    public var description: String { description(of: "the agent") }

    /// The same when the other side is not the agent.
    public func description(of peer: String) -> String {
        switch self {
        case .notResolved(let host, let reason): "cannot resolve \(host): \(reason)"
        case .notConnected(let address, let reason): "cannot connect to \(address): \(reason)"
        case .connectTimeout(let address): "no connection to \(address) in time"
        case .tooManyRequests: "too many requests to \(peer) are under way"
        case .silent(let limit): "\(peer) sent nothing for \(limit / 1_000_000) s"
        case .broken(let reason): "\(peer)'s answer broke off: \(reason)"
        case .malformed(let violation): "\(peer)'s answer is malformed: \(violation)"
        case .tooLong(let limit): "\(peer)'s answer is longer than \(limit) bytes"
        case .unsendable(let violation): "the request cannot be sent: \(violation)"
        }
    }
}
