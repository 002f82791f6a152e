import Synchronization

/// How many connections the process has, over all loops: WebSockets, and callers that speak HTTP.
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

    /// Gives a WebSocket's place back.
    func left() { webSockets.wrappingSubtract(1, ordering: .relaxed) }

    /// Takes a caller's place if there is one: those that WebSockets have not taken, and the reserve.
    func call() -> Bool {
        let calling = callers.wrappingAdd(1, ordering: .relaxed).newValue
        if calling + webSockets.load(ordering: .relaxed) <= limit + reserve { return true }
        hungUp()
        return false
    }

    /// Gives a caller's place back.
    func hungUp() { callers.wrappingSubtract(1, ordering: .relaxed) }
}
