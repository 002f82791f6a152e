import Events

/// All that the gateway knows of a connection: the fold of its events, nothing else.
public struct SessionState: Equatable, Sendable {
    /// How many anomalies are kept; those after it are only counted.
    static let anomalyLimit = 100

    /// Ordinal of the last event.
    public internal(set) var ordinal: Int64 = 0
    /// The id in the path.
    public internal(set) var pathID = ""
    /// The dialogue it belongs to.
    public internal(set) var identity: Identity?
    /// The settings it was opened with.
    public internal(set) var policy = SessionPolicy()
    /// The WebSocket.
    public internal(set) var link = Link.unopened
    /// The turn whose answer is awaited or coming.
    public internal(set) var turn: Turn?
    /// Messages that wait for their turn, the first to come first.
    public internal(set) var waiting: [WaitingMessage] = []
    /// Bytes of `waiting`.
    public internal(set) var waitingBytes = 0
    /// Number of turns posted.
    public internal(set) var turns = 0
    /// Heartbeats since the last frame of the IDE.
    public internal(set) var unansweredHeartbeats = 0
    /// Ordinal of the event whose frame the IDE's socket has taken last.
    public internal(set) var deliveredThrough: Int64 = 0
    /// What is wrong, in order.
    public internal(set) var anomalies: [Anomaly] = []
    /// Number of anomalies, those not kept included.
    public internal(set) var anomalyCount = 0

    /// The WebSocket's life.
    public enum Link: Equatable, Sendable {
        /// No event has come.
        case unopened
        /// Frames can go both ways.
        case open
        /// Over; an answer may still be coming from the agent.
        case closed(ConnectionClosed, code: Int64)
    }

    /// A turn under way.
    public struct Turn: Equatable, Sendable {
        /// Ordinal of the IDE's frame.
        public var frame: Int64
        /// Ordinal of the request.
        public var request: Int64
        /// The answer's status, when it has begun.
        public var status: Int64?
        /// SSE blocks so far.
        public var chunks = 0
        /// Those of them that had data.
        public var events = 0
    }

    /// A message that waits for its turn.
    public struct WaitingMessage: Equatable, Sendable {
        /// Ordinal of its frame.
        public var frame: Int64
        /// The frame's payload.
        public var text: [UInt8]
    }

    /// The state before the first event.
    public init() {}

    /// The id for log lines: the session's, or the temporary one while there is none.
    public var label: String { identity?.text ?? pathID }

    /// Whether the IDE is there. (Inlinable, as the next one: otherwise who asks copies the whole state.)
    @inlinable
    public var isOpen: Bool { if case .open = link { true } else { false } }

    /// Whether another frame of the IDE may be read. When not, the socket is left alone: that is how
    /// an IDE that sends faster than the agent answers is held back.
    @inlinable
    public var acceptsFrames: Bool {
        waiting.count < policy.queueMessages && waitingBytes <= policy.queueBytes
    }
}
