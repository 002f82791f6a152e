/// The moment at which a wait is given up.
public struct Deadline: Sendable {
    private let moment: ContinuousClock.Instant

    /// A deadline `timeout` from now; a negative timeout has passed already, and one above a day
    /// counts as a day.
    public init(after timeout: Duration) {
        moment = .now + max(.zero, min(timeout, .seconds(86_400)))
    }

    /// Whether the moment is over.
    public var hasPassed: Bool { moment <= .now }

    /// The time left; zero when it has passed.
    public var remaining: Duration { max(.zero, moment - .now) }

    /// The time left, rounded up, as `poll` takes it; at most a minute, after which the caller asks
    /// again.
    var pollMilliseconds: Int32 {
        let left = remaining
        if left == .zero { return 0 }
        if left >= .seconds(60) { return 60_000 }
        let (seconds, attoseconds) = left.components
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }
}
