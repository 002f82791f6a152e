import Wire

/// What stands behind the sockets of an ``AgentServer``: requests in, steps of answers out. Called on the
/// loop's thread.
public protocol AnsweringAgent: AnyObject {
    /// How long an idle connection is kept, in microseconds.
    var idleTimeout: Int64 { get }

    /// Answers a request. `now` is wall time in microseconds since 1970-01-01T00:00:00Z.
    func answer(_ head: HTTPRequestHead, _ body: [UInt8], at now: Int64) -> AgentAnswer

    /// Takes note of how an answer ended.
    func ended(_ outcome: RecordedRequest.Outcome, of number: Int)
}

/// How a request is answered.
public struct AgentAnswer: Equatable, Sendable {
    /// The request's number, which ``AnsweringAgent/ended(_:of:)`` is told.
    public let number: Int
    /// What the connection does, one after the other.
    public let steps: [AnswerStep]

    /// An answer made of its parts.
    public init(number: Int, steps: [AnswerStep]) {
        self.number = number
        self.steps = steps
    }
}
