import Dispatch
import EventStore
import Synchronization

/// Notes what the log says, and lets a test wait for it.
final class RecordingObserver: CommitObserver {
    struct Notes {
        var committed: [ClosedRange<Int64>] = []
        var failed: [StoreError] = []
        var interrupted: [StoreError] = []
        var resumed = 0
    }

    private let notes = Mutex(Notes())
    private let answers = DispatchSemaphore(value: 0)
    private let resumptions = DispatchSemaphore(value: 0)
    private let onCommit: @Sendable (EventBatch) -> Void

    init(onCommit: @escaping @Sendable (EventBatch) -> Void = { _ in }) {
        self.onCommit = onCommit
    }

    func committed(_ batch: EventBatch) {
        onCommit(batch)
        let first = batch.firstPosition
        notes.withLock { $0.committed.append(first...first + Int64(batch.count) - 1) }
        answers.signal()
    }

    func failed(_ batch: EventBatch, error: StoreError) {
        notes.withLock { $0.failed.append(error) }
        answers.signal()
    }

    func interrupted(_ error: StoreError) { notes.withLock { $0.interrupted.append(error) } }

    func resumed() {
        notes.withLock { $0.resumed += 1 }
        resumptions.signal()
    }

    /// Waits for the answers to that many batches.
    func waitForAnswers(_ count: Int = 1) {
        for _ in 0..<count { answers.wait() }
    }

    func waitForResumption() { resumptions.wait() }

    var committed: [ClosedRange<Int64>] { notes.withLock { $0.committed } }
    var failed: [StoreError] { notes.withLock { $0.failed } }
    var interrupted: [StoreError] { notes.withLock { $0.interrupted } }
    var resumedCount: Int { notes.withLock { $0.resumed } }
}
