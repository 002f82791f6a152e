import Synchronization

/// What the writer lets other threads see.
final class LogStatus: Sendable {
    private let position: Atomic<Int64>
    private let current = Mutex(LogHealth.writing)

    init(committedPosition: Int64) {
        position = Atomic(committedPosition)
    }

    /// Position up to which everything is in the log.
    var committedPosition: Int64 {
        get { position.load(ordering: .acquiring) }
        set { position.store(newValue, ordering: .releasing) }
    }

    var health: LogHealth {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }
}
