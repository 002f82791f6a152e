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
