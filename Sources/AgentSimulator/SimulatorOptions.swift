/// How a simulator is to behave.
public struct SimulatorOptions: Sendable {
    /// Numeric address to listen on, or `localhost`.
    public var host = "127.0.0.1"
    /// Port to listen on; 0: the system chooses.
    public var port: UInt16 = 0
    /// Whose habits it has.
    public var manner = SimulatorManner.documented
    /// Time between two tokens in microseconds.
    public var tokenDelay: Int64 = 0
    /// What `X-Internal-Auth` must be, else the answer is 401; nil: it is not looked at.
    public var internalKey: String?
    /// Failures of every answer to a POST of a message.
    public var failures: [Failure] = []
    /// Failures of one answer after the other, besides ``failures``.
    public var script = AnswerScript([])
    /// How long an idle connection is kept, in microseconds; nil: as the manner has it.
    public var idleTimeout: Int64?

    /// The defaults: any free port of 127.0.0.1, the documented manner, no delay, no key.
    public init() {}
}
