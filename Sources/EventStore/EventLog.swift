import Events
import Threading

/// The log of a folder, open for writing. A folder has one at a time.
///
/// Nothing waits for company. With ``LogSync/normal`` a loop that finds the log free commits its batch
/// by itself, on its own thread (``commit(_:for:)``). What comes while somebody writes gathers, and the
/// writer's thread commits all of it in one transaction and tells each batch's observer. With
/// ``LogSync/full`` the thread commits everything: no loop waits for the disk.
public final class EventLog: Sendable {
    /// What was found, and done, when the log was opened.
    public let recovered: Recovery

    private let turn: WriterTurn
    private let status: LogStatus
    private let numbers: ConnectionNumbers
    /// For who has the turn.
    nonisolated(unsafe) private let writer: LogWriter

    /// Opens the log of a folder: makes the folder (0700) and the first segment (0600) if they are
    /// not there, takes the folder's lock, and finishes in the log what the last run left open.
    ///
    /// - Parameters:
    ///   - folder: the log's folder.
    ///   - options: what the operator has chosen.
    ///   - notify: is told what operators may want to know; on any thread, and must not wait.
    /// - Throws: ``StoreError``: the folder is in use or cannot be used, or one of the segments that
    ///   are not sealed is none or cannot be read to its end.
    public static func open(
        folder: String,
        _ options: LogOptions,
        notify: @escaping @Sendable (LogNotice) -> Void = { _ in }
    ) throws(StoreError) -> EventLog {
        try open(folder: folder, options, tuning: WriterTuning(), notify: notify)
    }

    static func open(
        folder: String,
        _ options: LogOptions,
        tuning: WriterTuning,
        notify: @escaping @Sendable (LogNotice) -> Void = { _ in }
    ) throws(StoreError) -> EventLog {
        let place = LogFolder(path: folder)
        try place.create()
        let lock = try FolderLock(folder: folder)
        let found = try LogRecovery(of: place, options: options, tuning: tuning)
        let sealer = Sealer(
            folder: place,
            tuning: tuning,
            retention: RetentionRule(options.retention, tuning: tuning),
            notify: notify
        )
        for job in found.unsealed { sealer.seal(job) }
        let numbers = ConnectionNumbers(next: found.recovery.nextConnection)
        let segments = SegmentSequence(
            folder: place,
            options: options,
            tuning: tuning,
            numbers: numbers,
            sealer: sealer
        )
        let turn = WriterTurn(isOpenToLoops: options.sync == .normal)
        let status = LogStatus()
        let sealing = try sealer.start()
        let reserve = options.sync == .full ? WALReserve(bounds: tuning.walReserve) : nil
        reserve?.start()
        let writer = LogWriter(
            found.active,
            segments: segments,
            reserve: reserve,
            status: status,
            sync: options.sync,
            tuning: tuning
        )
        let log = EventLog(found.recovery, turn, writer, status, numbers)
        do throws(StoreError) {
            try log.startThread(lock, sealer, sealing)
        } catch {
            reserve?.close()
            sealer.close()
            sealing.join()
            turn.end()
            throw error
        }
        return log
    }

    private init(
        _ recovered: Recovery,
        _ turn: WriterTurn,
        _ writer: LogWriter,
        _ status: LogStatus,
        _ numbers: ConnectionNumbers
    ) {
        self.recovered = recovered
        self.turn = turn
        self.writer = writer
        self.status = status
        self.numbers = numbers
    }

    deinit { close() }

    /// A number for a new connection: greater than any in the log, never given twice. From any
    /// thread.
    public func makeConnectionNumber() -> Int64 { numbers.make() }

    /// Commits a batch on this thread if it need not wait for others or the disk; from any thread. True: the
    /// events are in the log, and the batch is the caller's again. False: as ``submit(_:for:)``, the
    /// observer gets the answer. A caller that waits for an answer to an earlier batch must use
    /// `submit`, or the batches' order would be lost.
    public func commit(_ batch: EventBatch, for observer: any CommitObserver) -> Bool {
        let submission = Submission(batch: batch, observer: observer)
        switch turn.enter(orQueue: submission) {
        case .entered:
            let isCommitted = writer.commit(submission)
            turn.leave(isOpenToLoops: writer.isOpenToLoops, callsThread: writer.needsThread)
            return isCommitted
        case .queued: break
        case .closed: refuse(submission)
        }
        return false
    }

    /// Hands a batch to the writer's thread; from any thread, never waits for the disk. Batches of one
    /// caller are appended in the order of its calls. The batch is the log's until the observer
    /// gets it back; the log keeps the observer until it is closed.
    public func submit(_ batch: EventBatch, for observer: any CommitObserver) {
        let submission = Submission(batch: batch, observer: observer)
        if !turn.queue(submission) { refuse(submission) }
    }

    private func refuse(_ submission: Submission) {
        let error = StoreError(.closed, "the event log has been closed")
        submission.observer.failed(submission.batch, error: error)
    }

    /// Submits one event of the gateway itself (stream 0), which gets its ordinal from the log.
    /// `at`: wall time in µs since 1970.
    public func appendToGatewayStream(
        _ kind: EventKind,
        detail: Int64 = 0,
        body: Span<UInt8>,
        at: Int64,
        for observer: any CommitObserver
    ) {
        let batch = EventBatch()
        let header = EventHeader(kind, connection: 0, ordinal: 0, at: at, detail: detail)
        batch.append(header, body: body)
        submit(batch, for: observer)
    }

    /// Whether the log takes events. From any thread.
    public var health: LogHealth { status.health }

    /// Commits what has been submitted, empties SQLite's write-ahead log into the file, and lets go
    /// of the folder. Returns when that is done; batches submitted later fail. May be called again.
    /// Never call it from an observer: it waits for the thread that calls observers.
    public func close() { turn.closeAndWait() }
}

// The writer's thread.
extension EventLog {
    /// Starts it. It keeps the folder's lock, and ends the sealer with itself.
    private func startThread(
        _ lock: consuming FolderLock,
        _ sealer: Sealer,
        _ sealing: Thread
    ) throws(StoreError) {
        let held = HeldLock(lock)
        // Not the log itself: it closes when it is let go.
        nonisolated(unsafe) let writer = writer
        let turn = turn
        let wake = writer.nextWake
        do throws(ThreadError) {
            try Thread(named: "log writer") {
                Self.write(writer, turn, wake)
                sealer.close()
                sealing.join()
                held.release()
                turn.end()
            }
        } catch {
            throw .system("start a thread for", "the event log", error.code)
        }
    }

    /// Works until the log is closed.
    private static func write(_ writer: LogWriter, _ turn: WriterTurn, _ firstWake: Int64?) {
        var gathered: [Submission] = []
        var wake = firstWake
        while true {
            let isClosing = turn.take(into: &gathered, until: wake)
            if !gathered.isEmpty { writer.commit(gathered) }
            if isClosing { break }
            gathered.removeAll(keepingCapacity: true)
            writer.attend()
            wake = writer.nextWake
            turn.leave(isOpenToLoops: writer.isOpenToLoops)
        }
        writer.end()
    }
}
