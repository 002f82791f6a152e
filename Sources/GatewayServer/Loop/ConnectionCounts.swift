import Synchronization

/// How many connections the process has, over all loops: WebSockets, and callers: those that speak HTTP, and
/// those that have only to end. A place is held as long as the descriptor.
final class ConnectionCounts: Sendable {
    private let webSockets = Atomic(0)
    private let callers = Atomic(0)
    private let limit: Int
    /// Callers beyond the WebSockets' places: when those are taken there is still room to say so.
    private let reserve: Int

    init(limit: Int) {
        self.limit = limit
        reserve = max(16, limit / 32)
    }

    /// Takes a WebSocket's place if there is one.
    func enter() -> Bool {
        if webSockets.wrappingAdd(1, ordering: .relaxed).newValue <= limit { return true }
        left()
        return false
    }

    /// A WebSocket is over: its connection is one of the callers until it has ended.
    func leave() {
        callers.wrappingAdd(1, ordering: .relaxed)
        left()
    }

    /// Gives a WebSocket's place back.
    func left() { webSockets.wrappingSubtract(1, ordering: .relaxed) }

    /// Whether there is a place for another caller: those that WebSockets have not taken, and the reserve.
    var hasRoom: Bool {
        callers.load(ordering: .relaxed) + webSockets.load(ordering: .relaxed) < limit + reserve
    }

    /// Takes a caller's place. Who asks ``hasRoom`` before takes at most one too many, a loop.
    func call() { callers.wrappingAdd(1, ordering: .relaxed) }

    /// Gives a caller's place back.
    func hungUp() { callers.wrappingSubtract(1, ordering: .relaxed) }
}
