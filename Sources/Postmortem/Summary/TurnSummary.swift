import Events

/// One turn of a connection: a request with its answer.
public struct TurnSummary: Equatable, Sendable {
    /// How an answer ended.
    public struct End: Equatable, Sendable {
        /// Position of the event that says so.
        public var position: Int64
        /// When that was, µs since 1970.
        public var at: Int64
        /// The event's kind: ``EventKind/streamEnded`` or ``EventKind/requestFailed``.
        public var kind: EventKind
        /// The event's detail: ``StreamEnd`` or ``RequestFailure``.
        public var detail: Int64
    }

    /// The connection.
    public var connection: Int64
    /// Ordinal of the request.
    public var request: Int64
    /// Position of the request.
    public var position: Int64
    /// When it was posted, µs since 1970.
    public var at: Int64
    /// The answer's status; nil: none came.
    public var status: Int64?
    /// SSE blocks of the answer.
    public var chunks: Int64 = 0
    /// How it ended; nil: it is under way, or its end is not in the log.
    public var end: End?
}
