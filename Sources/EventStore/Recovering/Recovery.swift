/// What was found, and done, when the log was opened.
public struct Recovery: Equatable, Sendable {
    /// Position of the last event, those of the recovery included; 0: the log is empty.
    public var lastPosition: Int64 = 0
    /// The number that the next connection gets.
    public var nextConnection: Int64 = 1
    /// Connections that the last run left open, ascending. Each has its `connectionClosed` now.
    public var closedConnections: [Int64] = []
    /// Connections whose request was under way, ascending. Each has its `requestFailed` now.
    public var failedRequests: [Int64] = []
    /// Number of events read.
    public var events: Int64 = 0
    /// Number of events that are not as they were written (checksum). They stay.
    public var damagedEvents: Int64 = 0
    /// Position of the first of them; 0: none.
    public var firstDamaged: Int64 = 0
    /// Number of positions before the last that have no event. The log never leaves one out.
    public var missingEvents: Int64 = 0

    /// Nothing found.
    public init() {}
}
