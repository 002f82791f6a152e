import Synchronization

/// What the writer lets other threads see.
final class LogStatus: Sendable {
    private let current = Mutex(LogHealth.writing)

    var health: LogHealth {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }
}
