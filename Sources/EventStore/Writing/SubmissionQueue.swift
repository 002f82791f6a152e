/// A batch and who is to hear of it.
struct Submission {
    let batch: EventBatch
    let observer: any CommitObserver
}

/// What the loops have handed in and the writer has not yet taken; first in, first out.
final class SubmissionQueue: @unchecked Sendable {
    private let monitor = Monitor()
    // All below: only with the monitor's lock held.
    private var waiting: [Submission] = []
    private var isWriterWaiting = false
    private var isClosing = false
    private var hasEnded = false

    /// Adds a batch; false once the log is closing.
    func add(_ submission: Submission) -> Bool {
        monitor.lock()
        defer { monitor.unlock() }
        guard !isClosing else { return false }
        waiting.append(submission)
        if isWriterWaiting { monitor.wakeAll() }
        return true
    }

    /// Moves all that waits into an empty array; if nothing does, waits for it until a time of
    /// ``Clock/monotonic``. Returns whether the log is closing, after which nothing more arrives.
    func take(into taken: inout [Submission], until deadline: Int64?) -> Bool {
        monitor.lock()
        defer { monitor.unlock() }
        if waiting.isEmpty && !isClosing {
            isWriterWaiting = true
            monitor.wait(until: deadline)
            isWriterWaiting = false
        }
        swap(&waiting, &taken)
        return isClosing
    }

    /// Says that the log is to close, and waits until the writer has ended.
    func closeAndWait() {
        monitor.lock()
        defer { monitor.unlock() }
        isClosing = true
        monitor.wakeAll()
        while !hasEnded { monitor.wait(until: nil) }
    }

    /// The writer's last word.
    func end() {
        monitor.lock()
        defer { monitor.unlock() }
        isClosing = true
        hasEnded = true
        monitor.wakeAll()
    }
}
