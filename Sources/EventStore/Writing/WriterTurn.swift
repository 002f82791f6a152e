import Threading

/// A batch and who is to hear of it.
struct Submission {
    let batch: EventBatch
    let observer: any CommitObserver
}

/// Whose turn it is to write. One party at a time has the writer: a loop that finds it free, for its
/// own batch, or the writer's thread, for all batches that have gathered. First come, first written.
/// The thread is woken when the lock is free again: it would wait for that at once.
final class WriterTurn: Sendable {
    private struct State {
        var waiting: [Submission] = []
        var isTaken = false
        /// Whether loops may take it at all.
        var isOpenToLoops: Bool
        /// Whether the writer's thread is wanted although no batch waits.
        var isThreadCalled = false
        var isClosing = false
        var hasEnded = false
    }

    /// How a loop's attempt went.
    enum Entry {
        /// The loop has the turn.
        case entered
        /// The batch waits for the writer's thread.
        case queued
        /// The log is closing.
        case closed
    }

    private let state: Monitor<State>

    /// A turn that nobody has; `isOpenToLoops`: whether loops may take it.
    init(isOpenToLoops: Bool) { state = Monitor(State(isOpenToLoops: isOpenToLoops)) }

    /// Takes the turn for a loop if nobody has it or waits for it, else queues the batch.
    func enter(orQueue submission: Submission) -> Entry {
        var wakesThread = false
        let entry = state.withLock { state -> Entry in
            guard !state.isClosing else { return .closed }
            guard state.isTaken || !state.isOpenToLoops || !state.waiting.isEmpty else {
                state.isTaken = true
                return .entered
            }
            state.waiting.append(submission)
            wakesThread = !state.isTaken
            return .queued
        }
        if wakesThread { state.wakeAll() }
        return entry
    }

    /// Queues a batch; false once the log is closing.
    func queue(_ submission: Submission) -> Bool {
        var wakesThread = false
        let isQueued = state.withLock { state in
            guard !state.isClosing else { return false }
            state.waiting.append(submission)
            wakesThread = !state.isTaken
            return true
        }
        if wakesThread { state.wakeAll() }
        return isQueued
    }

    /// Gives the turn back.
    ///
    /// - Parameters:
    ///   - isOpenToLoops: whether loops may take it from now on.
    ///   - callsThread: whether the writer's thread has something to see to.
    func leave(isOpenToLoops: Bool, callsThread: Bool = false) {
        let isThreadWanted = state.withLock { state in
            state.isTaken = false
            state.isOpenToLoops = isOpenToLoops
            if callsThread { state.isThreadCalled = true }
            return state.isThreadCalled || state.isClosing || !state.waiting.isEmpty
        }
        if isThreadWanted { state.wakeAll() }
    }

    /// Takes the turn for the writer's thread, when batches wait, when it is called, or at a time of
    /// `Clock.monotonic()`, and moves all batches into an empty array. Returns whether the log is
    /// closing, after which nothing more arrives.
    func take(into taken: inout [Submission], until deadline: Int64?) -> Bool {
        let outcome = state.wait(until: deadline) { state -> Bool? in
            let isWanted = state.isThreadCalled || state.isClosing || !state.waiting.isEmpty
            guard isWanted, !state.isTaken else { return nil }
            state.isTaken = true
            state.isThreadCalled = false
            swap(&state.waiting, &taken)
            return state.isClosing
        }
        if let outcome { return outcome }
        state.withLock { $0.isThreadCalled = true }
        return take(into: &taken, until: nil)
    }

    /// Says that the log is to close, and waits until the writer has ended.
    func closeAndWait() {
        state.update { $0.isClosing = true }
        _ = state.wait { $0.hasEnded ? true : nil }
    }

    /// The writer's last word.
    func end() {
        state.update { state in
            state.isClosing = true
            state.hasEnded = true
        }
    }
}
