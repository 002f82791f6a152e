import Events

/// The log's one writer, confined to its thread: takes what the loops have queued, commits it at
/// once, and tells them.
///
/// It is in one of two states. *Writing*: each turn is one transaction; a failure of any kind begins
/// an outage. *Outage*: each batch fails at once, and nothing is tried until `nextTry`; then a
/// `logGap` event is appended, and when it is in the log, the outage is over.
final class LogWriter {
    private let queue: SubmissionQueue
    private let status: LogStatus
    private let sync: LogSync
    private let tuning: WriterTuning
    private let segment: Segment
    /// Nil in an outage when the connection was of no more use.
    private var writer: SegmentWriter?
    private var tail: LogTail
    private var outage: Outage?
    private var observers: [any CommitObserver] = []
    private var turn: [Submission] = []
    private var checkpoints: CheckpointRule
    private let gap = EventBatch()
    private var lock: FolderLock?

    init(
        _ writer: SegmentWriter,
        queue: SubmissionQueue,
        status: LogStatus,
        sync: LogSync,
        tuning: WriterTuning,
        lock: consuming FolderLock
    ) {
        self.writer = writer
        self.queue = queue
        self.status = status
        self.sync = sync
        self.tuning = tuning
        self.lock = consume lock
        segment = writer.segment
        tail = writer.tail
        checkpoints = CheckpointRule(tuning: tuning)
    }

    /// Works until the log is closed.
    func run() {
        while true {
            let isClosing = queue.take(into: &turn, until: nextWake)
            if isClosing && turn.isEmpty { break }
            if turn.isEmpty {
                rest()
            } else {
                process()
                turn.removeAll(keepingCapacity: true)
            }
            if let outage, Clock.monotonic >= outage.nextTry { tryAgain() }
        }
        end()
    }

    /// When to stop waiting for events; nil: there is nothing else to do.
    private var nextWake: Int64? {
        if let outage { return outage.nextTry }
        guard let writer, checkpoints.isDue(walBytes: writer.walBytes, inPause: true) else {
            return nil
        }
        return Clock.monotonic + tuning.idleDelay
    }

    private func process() {
        for submission in turn { remember(submission.observer) }
        guard outage == nil, let writer else { return failTurn() }
        do {
            try writer.append(turn.lazy.map(\.batch))
        } catch {
            begin(Outage(error, tuning: tuning))
            return failTurn()
        }
        publish(writer.tail)
        for submission in turn { submission.observer.committed(submission.batch) }
        checkpoint(writer, inPause: false)
    }

    private func remember(_ observer: any CommitObserver) {
        guard !observers.contains(where: { $0 === observer }) else { return }
        observers.append(observer)
    }

    private func publish(_ newTail: LogTail) {
        tail = newTail
    }

    private func checkpoint(_ writer: SegmentWriter, inPause: Bool) {
        guard checkpoints.isDue(walBytes: writer.walBytes, inPause: inPause) else { return }
        writer.checkpoint()
        checkpoints.noteCheckpoint(walBytes: writer.walBytes)
    }

    /// Nothing has come for a while.
    private func rest() {
        guard outage == nil, let writer else { return }
        checkpoint(writer, inPause: true)
    }
}

// Failing, and going on.
extension LogWriter {
    private func begin(_ new: Outage) {
        outage = new
        status.health = .failing(reason: new.error.message, since: new.since)
        if let writer, !writer.isUsable { self.writer = nil }
    }

    private func failTurn() {
        guard let error = outage?.error else { return }
        for submission in turn {
            outage?.lostEvents += Int64(submission.batch.count)
            submission.observer.failed(submission.batch, error: error)
        }
    }

    private func tryAgain() {
        guard var current = outage else { return }
        do throws(StoreError) {
            let writer = try usableWriter()
            try append(gapAfter: current, to: writer)
            publish(writer.tail)
        } catch {
            // Opened anew at the next try: the fault may lie in the connection.
            writer = nil
            current.postpone(error)
            outage = current
            status.health = .failing(reason: error.message, since: current.since)
            return
        }
        outage = nil
        status.health = .writing
        for observer in observers { observer.resumed() }
    }

    private func append(
        gapAfter outage: Outage,
        to writer: SegmentWriter
    ) throws(StoreError) {
        gap.removeAll()
        let header = EventHeader(
            .logGap,
            connection: 0,
            ordinal: 0,
            at: Clock.wall,
            detail: outage.lostEvents
        )
        gap.append(header, body: Array(outage.error.message.utf8).span)
        try writer.append(CollectionOfOne(gap))
    }

    private func usableWriter() throws(StoreError) -> SegmentWriter {
        if let writer { return writer }
        let reopened = try reopen()
        writer = reopened
        return reopened
    }

    /// A commit that was reported as failed may be in the file all the same; hence the tail is read
    /// again.
    private func reopen() throws(StoreError) -> SegmentWriter {
        let writer = try SegmentWriter(segment, sync: sync, tuning: tuning, isNew: false)
        try writer.findTail(after: tail)
        return writer
    }

    private func end() {
        if outage != nil { tryAgain() }
        if outage == nil { writer?.checkpointAndTruncate() }
        writer = nil
        lock = nil
        status.health = .closed
        observers = []
        queue.end()
    }
}
