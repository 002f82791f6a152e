/// What is known of the dialogue that a connection belongs to.
enum KnownIdentity: Sendable {
    /// Nothing, because rows are missing or damaged.
    case unknown
    /// It has no session.
    case unbound
    /// It has one, since an event.
    case session(String, since: Moment)

    /// Whether an id is that of the session, byte for byte.
    func isSession(_ id: String) -> Bool {
        if case .session(let own, _) = self { own.utf8.elementsEqual(id.utf8) } else { false }
    }

    var isUnbound: Bool { if case .unbound = self { true } else { false } }
}
