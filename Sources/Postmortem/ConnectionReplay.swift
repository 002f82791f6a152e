import Events
import Session

/// One connection's events folded and decided on again, as the gateway did when they happened.
/// Nothing is performed.
public struct ConnectionReplay: Sendable {
    /// The state after the event taken last.
    public private(set) var state = SessionState()

    /// What an event meant and what was to be done about it.
    public struct Step: Equatable, Sendable {
        /// The event as the session understood it.
        public var event: Event
        /// What it made the gateway do, in order.
        public var effects: [Effect]
    }

    /// A replay before the first event.
    public init() {}

    /// Takes the next event. Never fails: what does not fit becomes an anomaly of the state.
    ///
    /// - Parameter reading: a spare one; what it found in a chunk stays in it until the next event.
    public mutating func take(
        _ header: EventHeader,
        _ body: Span<UInt8>,
        _ reading: inout EventReading
    ) -> Step {
        var effects: [Effect] = []
        let event = state.take(header, body, &reading, &effects)
        return Step(event: event, effects: effects)
    }
}
