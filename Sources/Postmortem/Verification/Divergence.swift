/// How a recorded decision differs from the one that a replay makes.
public struct Divergence: Equatable, Sendable {
    /// Where the first difference is.
    public enum Place: Equatable, Sendable {
        /// Another kind of event.
        case kind
        /// Another cause.
        case cause
        /// Another number.
        case detail
        /// The bodies, from this offset.
        case body(offset: Int)
    }

    /// What the replay makes.
    public var expected: DecidedEvent
    /// What the log holds.
    public var recorded: DecidedEvent
    /// Where they part.
    public var place: Place

    /// Compares; nil when they agree.
    init?(expected: DecidedEvent, recorded: DecidedEvent) {
        guard let place = Self.place(expected, recorded) else { return nil }
        self.expected = expected
        self.recorded = recorded
        self.place = place
    }

    private static func place(_ expected: DecidedEvent, _ recorded: DecidedEvent) -> Place? {
        if expected.kind != recorded.kind { return .kind }
        if expected.cause != recorded.cause { return .cause }
        if expected.detail != recorded.detail { return .detail }
        guard let wanted = expected.body, let found = recorded.body, wanted != found else {
            return nil
        }
        let same = zip(wanted, found).prefix { $0 == $1 }
        return .body(offset: Array(same).count)
    }
}
