/// An arrow of the sequence diagram, or a mark on one lifeline.
struct PageArrow: Equatable, Sendable {
    /// A lifeline.
    enum Lane: String, Sendable {
        case ide = "IDE"
        case gateway
        case agent
    }

    /// What an arrow is about, which decides its looks.
    enum Style: String, Sendable {
        case plain
        /// Content on its way.
        case data
        /// Without a session id, or about a temporary one.
        case temporary
        /// With a session id, or the id itself.
        case session
        case bad
        /// Of little weight: deliveries, heartbeats.
        case faint
    }

    var from: Lane
    var to: Lane
    var label: String
    var style: Style
    /// Whether it did not get where it was to go.
    var isCut = false

    /// Read aloud.
    var words: String {
        from == to
            ? "\(from.rawValue): \(label)"
            : "\(from.rawValue) to \(to.rawValue): \(label)" + (isCut ? " (cut off)" : "")
    }
}
