import Wire

/// A request that the simulator was sent.
public struct RecordedRequest: Equatable, Sendable {
    /// How far its answer has come.
    public enum Outcome: Sendable {
        /// It is being answered.
        case underWay
        /// It was answered, as far as the failures asked for let it be.
        case answered
        /// The client left before the answer's end.
        case cancelled
    }

    /// From 1, in the order in which the requests were complete.
    public let number: Int
    /// The head as it was parsed.
    public let head: HTTPRequestHead
    /// The body, chunks taken apart.
    public let body: [UInt8]
    /// The `session_id` of a message's body; nil: none, or not such a request.
    public let sessionID: String?
    /// How far the answer has come.
    public internal(set) var outcome = Outcome.underWay

    /// The method.
    public var method: String { head.method }
    /// The path without the query.
    public var path: String { head.path }
    /// The header fields.
    public var fields: HTTPFields { head.fields }
    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
    /// Whether it posts a message, `POST /agent/message/stream`.
    public var isPost: Bool { method == "POST" && path == SimulatedAgent.messagePath }
}
