import Synchronization

/// Gives each connection a number of its own.
final class ConnectionNumbers: Sendable {
    private let counter: Atomic<Int64>

    init(next: Int64) { counter = Atomic(next) }

    /// The number that would be given next.
    var next: Int64 { counter.load(ordering: .relaxed) }

    func make() -> Int64 { counter.wrappingAdd(1, ordering: .relaxed).oldValue }
}
