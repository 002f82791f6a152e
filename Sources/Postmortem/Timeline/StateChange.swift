import Session

/// One part of a connection's state before and after an event.
public struct StateChange: Equatable, Sendable {
    /// Which part: `identity`, `turn`, `waiting`, `link`.
    public var part: String
    /// Before the event.
    public var before: String
    /// After it.
    public var after: String

    /// All parts that differ.
    static func between(_ old: SessionState, _ new: SessionState) -> [StateChange] {
        let parts = zip(parts(of: old), parts(of: new))
        return parts.filter { $0.value != $1.value }
            .map { StateChange(part: $0.part, before: $0.value, after: $1.value) }
    }

    private static func parts(of state: SessionState) -> [(part: String, value: String)] {
        [
            ("link", link(state.link)),
            ("identity", state.identity?.words ?? "none"),
            ("turn", state.turn.map { "\(state.turns) (frame \($0.frame))" } ?? "none"),
            ("waiting", "\(state.waiting.count)"),
        ]
    }

    private static func link(_ link: SessionState.Link) -> String {
        switch link {
        case .unopened: "unopened"
        case .open: "open"
        case .closed: "closed"
        }
    }
}
