import Synchronization

/// How many WebSockets the process has, over all loops.
final class ConnectionCounts: Sendable {
    private let open = Atomic(0)
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Takes a place if there is one.
    func enter() -> Bool {
        if open.wrappingAdd(1, ordering: .relaxed).newValue <= limit { return true }
        left()
        return false
    }

    /// Gives a place back.
    func left() { open.wrappingSubtract(1, ordering: .relaxed) }
}
