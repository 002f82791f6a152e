import Events
import Threading

/// The log's one writer, for one party at a time: who has the ``WriterTurn``.
///
/// It is in one of two states. *Writing*: each turn is one transaction; a failure of any kind begins
/// an outage. *Outage*: each batch fails at once, and nothing is tried until `nextTry`; then a
/// `logGap` event is appended, and when it is in the log, the outage is over.
final class LogWriter {
    private let status: LogStatus
    private let tuning: WriterTuning
    private let sync: LogSync
    private let segments: SegmentSequence
    /// Nil where no commit waits for the disk.
    private let reserve: WALReserve?
    private var segment: Segment
    /// Nil in an outage when the connection was of no more use.
    private var writer: SegmentWriter?
    private var tail: LogTail
    private var open = OpenStreams()
    private var outage: Outage?
    private var observers: [any CommitObserver] = []
    private let gap = EventBatch()

    /// End of the last commit, a time of `Clock.monotonic()`.
    private var lastCommit = Clock.monotonic()
    /// Commits that are still the thread's because the disk was slow.
    private var threadCommits = 0
    /// Whether the thread waits for a pause.
    private var isPauseAwaited = false
    /// Write-ahead log at the last checkpoint: what a reader held back is tried again after growth.
    private var checkpointedBytes = 0

    init(
        _ writer: SegmentWriter,
        segments: SegmentSequence,
        reserve: WALReserve?,
        status: LogStatus,
        sync: LogSync,
        tuning: WriterTuning
    ) {
        self.writer = writer
        self.sync = sync
        self.segments = segments
        self.reserve = reserve
        self.status = status
        self.tuning = tuning
        segment = writer.segment
        tail = writer.tail
        segments.begin(writer)
        noteWAL(of: writer)
    }

    /// Whether a loop may commit by itself: not when a commit waits for the disk, not when the next
    /// segment is due, and not in an outage.
    var isOpenToLoops: Bool {
        sync == .normal && threadCommits == 0 && outage == nil && !isSegmentOver
    }

    /// Whether the writer's thread must see to something.
    var needsThread: Bool { outage != nil || isSegmentOver || (isPauseDue && !isPauseAwaited) }

    /// Commits a loop's batch. False: it failed, and its observer has been told.
    func commit(_ submission: Submission) -> Bool {
        remember(submission.observer)
        do {
            try append(CollectionOfOne(submission.batch))
            return true
        } catch {
            begin(Outage(error, tuning: tuning))
            fail(CollectionOfOne(submission))
            return false
        }
    }

    /// Commits what has gathered, in one transaction, and tells the observers. Only for the thread.
    func commit(_ gathered: [Submission]) {
        for submission in gathered { remember(submission.observer) }
        guard outage == nil else { return fail(gathered) }
        roll()
        if threadCommits > 0 { threadCommits -= 1 }
        do {
            try append(gathered.lazy.map(\.batch))
        } catch {
            begin(Outage(error, tuning: tuning))
            return fail(gathered)
        }
        for submission in gathered { submission.observer.committed(submission.batch) }
    }

    private func append(_ batches: some Sequence<EventBatch>) throws(StoreError) {
        guard let writer else { throw StoreError(.closed, "the event log has no segment to write") }
        let start = Clock.monotonic()
        try writer.append(batches)
        tail = writer.tail
        noteWAL(of: writer)
        for batch in batches { note(batch) }
        lastCommit = Clock.monotonic()
        if lastCommit - start > tuning.slowCommit { threadCommits = tuning.threadCommits }
    }

    private func noteWAL(of writer: SegmentWriter) {
        reserve?.note(writer.segment, usedBytes: writer.walBytes, limit: segments.bound)
    }

    /// SQLite syncs a write-ahead log that it begins, so a commit waits for the disk after all.
    private func leaveNextToThread() { threadCommits = max(threadCommits, 1) }

    private func note(_ batch: EventBatch) {
        for (index, header) in batch.headers.enumerated() where header.isTurningPoint {
            open.take(header, at: batch.firstPosition + Int64(index))
        }
    }

    private func remember(_ observer: any CommitObserver) {
        guard !observers.contains(where: { $0 === observer }) else { return }
        observers.append(observer)
    }
}

// What time brings.
extension LogWriter {
    /// When the writer's thread has to look again, a time of `Clock.monotonic()`; nil: not by itself.
    var nextWake: Int64? {
        if let outage { return outage.nextTry }
        let pause = isPauseAwaited ? lastCommit + tuning.idleDelay : .max
        return min(pause, segments.nextAge)
    }

    /// Does what is due.
    func attend() {
        let now = Clock.monotonic()
        if let outage {
            if now >= outage.nextTry { tryAgain() }
            return
        }
        isPauseAwaited = isPauseDue
        if isPauseDue, now >= lastCommit + tuning.idleDelay, let writer {
            writer.checkpoint()
            checkpointedBytes = writer.walBytes
            isPauseAwaited = false
            leaveNextToThread()
        }
        roll()
    }

    private var isPauseDue: Bool {
        guard let walBytes = writer?.walBytes else { return false }
        // SQLite has started the write-ahead log anew: all of it was copied.
        if walBytes < checkpointedBytes { checkpointedBytes = 0 }
        return walBytes - checkpointedBytes >= tuning.idleCheckpointBytes
    }

    private var isSegmentOver: Bool { writer.map(segments.isOver) ?? false }

    /// Goes on in the next segment when this one is over.
    private func roll() {
        guard let old = writer, segments.isOver(old) else { return }
        guard let next = segments.next(after: old, tail: tail, open: open) else { return }
        writer = next
        segment = next.segment
        checkpointedBytes = 0
        noteWAL(of: next)
        leaveNextToThread()
    }
}

// Failing, and going on.
extension LogWriter {
    private func begin(_ new: Outage) {
        outage = new
        status.health = .failing(reason: new.error.message, since: new.since)
        for observer in observers { observer.interrupted(new.error) }
    }

    private func fail(_ submissions: some Sequence<Submission>) {
        guard let error = outage?.error else { return }
        for submission in submissions {
            outage?.lostEvents += Int64(submission.batch.count)
            submission.observer.failed(submission.batch, error: error)
        }
    }

    private func tryAgain() {
        guard var current = outage else { return }
        do throws(StoreError) {
            let writer = try usableWriter()
            try append(gapAfter: current, to: writer)
            tail = writer.tail
        } catch {
            if !error.isOfTheDisk { writer = nil }
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
            at: Clock.wall(),
            detail: outage.lostEvents
        )
        gap.append(header, body: Array(outage.error.message.utf8).span)
        try writer.append(CollectionOfOne(gap))
    }

    /// The connection that failed, as long as it can be used and the disk is to blame: it knows where the log ended
    /// before, and overwrites what a failed commit has left behind that. One opened anew would find that in the
    /// system's cache and take it for committed: events that were reported as lost, on pages that the system may
    /// have given up writing, so that a loss of power would take all that follows them.
    private func usableWriter() throws(StoreError) -> SegmentWriter {
        if let writer, writer.isUsable { return writer }
        writer = nil
        let reopened = try reopen()
        writer = reopened
        return reopened
    }

    /// A commit that was reported as failed may be in the file all the same; hence the tail is read
    /// again, and all that is there brought to the disk before anything follows it.
    private func reopen() throws(StoreError) -> SegmentWriter {
        let writer = try segments.open(segment)
        try writer.database.emptyWAL()
        try writer.findTail(after: tail)
        try writer.forEachRow(after: tail.position) { row in
            open.take(row.header, at: row.position)
        }
        return writer
    }

    /// The last thing it does: nothing is appended any more.
    func end() {
        reserve?.close()
        if outage != nil { tryAgain() }
        if outage == nil { writer?.checkpointAndTruncate() }
        writer = nil
        status.health = .closed
        observers = []
    }
}
