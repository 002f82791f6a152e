import Events
import Session

/// One connection on one line.
public struct ConnectionSummary: Sendable {
    /// How many ids a connection was bound to are kept.
    static let boundLimit = 16

    /// Its number.
    public let connection: Int64
    /// Position of its first event.
    public let firstPosition: Int64
    /// When it opened, µs since 1970.
    public let openedAt: Int64
    /// When its last event was, µs since 1970.
    public internal(set) var lastAt: Int64
    /// Text and binary messages from the IDE.
    public internal(set) var messages = 0
    /// SSE blocks from the agent.
    public internal(set) var chunks = 0
    /// Text frames that the IDE's socket has taken.
    public internal(set) var framesDelivered: Int64 = 0
    /// The sessions it was bound to, in order.
    public internal(set) var boundTo: [String] = []
    /// Rows that are not as they were written.
    public internal(set) var damagedRows = 0
    /// Whether the opening itself is in the log.
    public internal(set) var hasOpening = false
    /// What is known of it at the end.
    public internal(set) var state = SessionState()

    /// Whether an id that someone knows it by is its own: the one in its path, or a session's.
    public func answers(to id: String) -> Bool { state.pathID == id || boundTo.contains(id) }

    /// `open`, or who closed it, with which code: `ide 1000`.
    public var ending: String {
        switch state.link {
        case .unopened: "unknown"
        case .open: "open"
        case .closed(let closed, let code): "\(closed.side.rawValue) \(code)"
        }
    }

    /// What deserves a look, most important first.
    public var notes: [String] {
        var notes: [String] = []
        if damagedRows > 0 { notes.append("\(damagedRows) damaged row(s)") }
        if !hasOpening { notes.append("its opening is not in the log") }
        if state.turn != nil { notes.append("answer under way") }
        if case .temporary = state.identity, state.turns > 0, state.turn == nil {
            notes.append("never bound to a session")
        }
        if !state.waiting.isEmpty { notes.append("\(state.waiting.count) message(s) waiting") }
        notes += state.anomalies.prefix(3).map(\.kind.words)
        if state.anomalyCount > 3 { notes.append("\(state.anomalyCount) anomalies in all") }
        return notes
    }
}
