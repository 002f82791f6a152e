/// One connection on one line.
public struct ConnectionSummary: Equatable, Sendable {
    /// How many ids a connection was bound to are kept.
    static let boundLimit = 16
    /// Of how many anomalies the words are kept.
    static let anomalyLimit = 3

    /// How a connection ended.
    public struct Closing: Equatable, Sendable {
        /// Position of its end.
        public var position: Int64
        /// When, µs since 1970.
        public var at: Int64
        /// Who ended it: `ide`, `gateway`, `network`.
        public var side: String
        /// Close code (RFC 6455 §7.4).
        public var code: Int64
        /// Why, in words.
        public var reason: String

        /// A closing made of its parts.
        public init(position: Int64, at: Int64, side: String, code: Int64, reason: String) {
            self.position = position
            self.at = at
            self.side = side
            self.code = code
            self.reason = reason
        }
    }

    /// Its number.
    public var connection: Int64
    /// Position of its first event.
    public var firstPosition: Int64
    /// When that was, µs since 1970.
    public var openedAt: Int64
    /// Position of its last event.
    public var lastPosition: Int64
    /// When that was, µs since 1970.
    public var lastAt: Int64
    /// Its events.
    public var events: Int64 = 0
    /// Text and binary messages from the IDE.
    public var messages: Int64 = 0
    /// Turns posted.
    public var turns: Int64 = 0
    /// SSE blocks from the agent.
    public var chunks: Int64 = 0
    /// Text frames that the IDE's socket has taken.
    public var framesDelivered: Int64 = 0
    /// The id in its path; empty when its opening is not in the log.
    public var pathID = ""
    /// The session it belongs to at the end; nil: none is known.
    public var sessionID: String?
    /// The sessions it was bound to, in order.
    public var boundTo: [String] = []
    /// Its end; nil: none is in the log.
    public var closing: Closing?
    /// Whether a turn is under way at the end.
    public var isAnswerUnderWay = false
    /// Messages that wait for their turn at the end.
    public var waiting: Int64 = 0
    /// Number of things that should not be.
    public var anomalies: Int64 = 0
    /// The first few of them, in words.
    public var anomalyWords: [String] = []
    /// Rows that are not as they were written.
    public var damagedRows: Int64 = 0
    /// Whether the opening itself is in the log.
    public var hasOpening = false

    /// A connection whose first event is at a position.
    public init(connection: Int64, firstPosition: Int64, at: Int64) {
        self.connection = connection
        self.firstPosition = firstPosition
        openedAt = at
        lastPosition = firstPosition
        lastAt = at
    }

    /// Whether an id that someone knows it by is its own, byte for byte: the one in its path, or a
    /// session's.
    public func answers(to id: String) -> Bool {
        isBound(to: id) || hasOpening && pathID.utf8.elementsEqual(id.utf8)
    }

    private func isBound(to session: String) -> Bool {
        boundTo.contains { $0.utf8.elementsEqual(session.utf8) }
    }

    /// Whether no more events are to be expected.
    public var isFinished: Bool { closing != nil && !isAnswerUnderWay }

    /// `open`, or who closed it, with which code: `ide 1000`.
    public var ending: String {
        if let closing { return "\(closing.side) \(closing.code)" }
        return hasOpening ? "open" : "unknown"
    }

    /// What deserves a look, most important first.
    public var notes: [String] {
        var notes: [String] = []
        if damagedRows > 0 { notes.append("\(damagedRows) damaged row(s)") }
        if !hasOpening { notes.append("its opening is not in the log") }
        if isAnswerUnderWay { notes.append("answer under way") }
        if hasOpening, sessionID == nil, turns > 0, !isAnswerUnderWay {
            notes.append("never bound to a session")
        }
        if waiting > 0 { notes.append("\(waiting) message(s) waiting") }
        notes += anomalyWords
        if anomalies > Self.anomalyLimit { notes.append("\(anomalies) anomalies in all") }
        return notes
    }

    /// Notes a session that the connection was bound to.
    public mutating func addBinding(to session: String) {
        guard boundTo.count < Self.boundLimit, !isBound(to: session) else { return }
        boundTo.append(session)
    }

    /// Takes an event that came when the connection was finished: the last delivery, or what only damage
    /// can bring.
    public mutating func take(_ late: LateEvent) {
        events += 1
        lastPosition = late.position
        lastAt = late.at
        if late.isDamaged { damagedRows += 1 }
        if let frames = late.framesDelivered {
            framesDelivered = frames
            return
        }
        anomalies += 1
        if anomalyWords.count < Self.anomalyLimit {
            anomalyWords.append("event after the connection's end")
        }
    }
}
