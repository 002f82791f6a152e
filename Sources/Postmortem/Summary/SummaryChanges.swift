import Events

/// A connection was bound to a session.
public struct Binding: Equatable, Sendable {
    /// The connection.
    public var connection: Int64
    /// Position of the `session_info`.
    public var position: Int64
    /// When it came, µs since 1970.
    public var at: Int64
    /// The id before: temporary, or of another session.
    public var earlierID: String
    /// The session.
    public var sessionID: String
}

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

/// An event of a connection that was finished.
public struct LateEvent: Equatable, Sendable {
    /// The connection.
    public var connection: Int64
    /// Place in the log.
    public var position: Int64
    /// When it was, µs since 1970.
    public var at: Int64
    /// Whether the row is not as it was written.
    public var isDamaged: Bool
    /// What it says that the IDE's socket had taken; nil: it is no ``EventKind/framesDelivered``.
    public var framesDelivered: Int64?
}

/// What events have brought that will not change any more, in order, until somebody takes it.
public struct SummaryChanges: Sendable {
    /// Bindings.
    public internal(set) var bindings: [Binding] = []
    /// Turns that are over.
    public internal(set) var turns: [TurnSummary] = []
    /// Connections that are finished.
    public internal(set) var finished: [ConnectionSummary] = []
    /// Events of connections that were finished before.
    public internal(set) var late: [LateEvent] = []

    /// Nothing.
    public init() {}

    /// Whether there is something.
    public var isEmpty: Bool {
        bindings.isEmpty && turns.isEmpty && finished.isEmpty && late.isEmpty
    }

    /// Begins anew.
    public mutating func removeAll() {
        bindings.removeAll(keepingCapacity: true)
        turns.removeAll(keepingCapacity: true)
        finished.removeAll(keepingCapacity: true)
        late.removeAll(keepingCapacity: true)
    }
}
