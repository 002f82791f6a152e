import CSQLite
import Events
import Glibc
import Threading

/// Seals segments that are over, prepares the next one's file, and removes old ones: on a thread of
/// its own that lets all others go first.
final class Sealer: Sendable {
    private struct State {
        var jobs: [SealJob] = []
        var isNextWanted = false
        var isClosing = false
        /// The streams that were open at the end of the newest sealed segment.
        var sealed = OpenStreams()
        /// The connection that is being sealed.
        var connection: OpaquePointer?
        /// When to try again what could not be finished, a time of `Clock.monotonic()`.
        var retryTime: Int64 = 0
    }

    private enum Work {
        case prepare
        case seal(SealJob)
        case tidy
        case end
    }

    private let state = Monitor(State())
    private let folder: LogFolder
    private let tuning: WriterTuning
    private let retention: RetentionRule
    private let notify: @Sendable (LogNotice) -> Void
    private let cancel = CancelFlag()

    init(
        folder: LogFolder,
        tuning: WriterTuning,
        retention: RetentionRule,
        notify: @escaping @Sendable (LogNotice) -> Void
    ) {
        self.folder = folder
        self.tuning = tuning
        self.retention = retention
        self.notify = notify
    }

    /// Begins to work. The thread is to be joined after ``close()``.
    func start() throws(StoreError) -> Thread {
        do throws(ThreadError) {
            return try Thread(named: "log sealer") { [self] in run() }
        } catch {
            throw .system("start a thread for", "the event log", error.code)
        }
    }

    /// Takes over a segment that is over, and prepares the file for the one after the next. A segment
    /// that has to wait long costs no more than its files.
    func seal(_ job: SealJob) {
        state.update { state in
            if state.jobs.count >= tuning.sealBacklog { job.letGo() }
            state.jobs.append(job)
            state.isNextWanted = true
        }
    }

    /// Tells operators of something that went wrong.
    func report(_ problem: String) { notify(.problem(problem)) }

    /// Lets the work under way be the last; the next start finishes it.
    func close() {
        cancel.set()
        state.update { state in
            state.isClosing = true
            // A checkpoint does not ask whether it is cancelled.
            if let connection = state.connection { sqlite3_interrupt(connection) }
        }
    }

    private func run() {
        // The first one before others go first: a segment can be needed soon.
        prepare()
        Thread.yieldToOthers()
        var tidied = Int64.min
        while true {
            switch nextWork(tidied: tidied) {
            case .prepare: prepare()
            case .seal(let job): finish(job)
            case .tidy:
                tidied = Clock.monotonic()
                retention.apply(in: folder, notify)
            case .end:
                PreparedSegment(in: folder).remove()
                return state.withLock { state in
                    for job in state.jobs { job.letGo() }
                    state.jobs = []
                }
            }
        }
    }

    private func nextWork(tidied: Int64) -> Work {
        while true {
            let now = Clock.monotonic()
            let tidyTime = tidied == .min ? now : tidied + tuning.retentionInterval
            let retryTime = state.withLock { $0.jobs.isEmpty ? .max : $0.retryTime }
            let work = state.wait(until: min(tidyTime, max(retryTime, now + 1))) { state -> Work? in
                if state.isClosing { return .end }
                if state.isNextWanted {
                    state.isNextWanted = false
                    return .prepare
                }
                if let job = state.jobs.first, Clock.monotonic() >= state.retryTime {
                    return .seal(job)
                }
                return nil
            }
            if let work { return work }
            if Clock.monotonic() >= tidyTime { return .tidy }
        }
    }

    private func prepare() {
        do throws(StoreError) {
            try PreparedSegment(in: folder).make(tuning: tuning)
        } catch {
            // Then the next segment is made when it is needed.
            report("cannot prepare the next segment: \(error.message)")
        }
    }

    /// Every step may have been done before.
    private func sealSegment(of job: SealJob) throws(StoreError) {
        if let writer = job.writer {
            try seal(writer.database, job)
            job.finish()
        } else {
            let database = try Database(
                path: job.segment.path,
                flags: SQLITE_OPEN_READWRITE,
                patience: tuning.lockPatience
            )
            database.keepWALOnClose()
            try seal(database, job)
        }
        guard job.segment.makeReadOnly() else { throw .system("protect", job.segment.path) }
    }

    private func seal(_ database: borrowing Database, _ job: SealJob) throws(StoreError) {
        database.interrupt(when: Unmanaged.passUnretained(cancel))
        state.withLock { $0.connection = database.connection }
        defer { state.withLock { $0.connection = nil } }
        if try !database.isSealed {
            let older = state.withLock { $0.sealed }
            // There may be no place for temporary files.
            try database.seal(job.record, after: older, sortsInMemory: job.sortsInMemory)
        }
        let sealed = try database.sealRecord().open
        state.withLock { $0.sealed = sealed }
        try database.leaveWAL()
    }

    /// Seals the oldest segment, or leaves it for a later try: later ones wait, so that the sealed ones
    /// are always the first of the log.
    private func finish(_ job: SealJob) {
        do throws(StoreError) {
            try sealSegment(of: job)
        } catch {
            if cancel.isSet { return }
            if !error.isContention {
                report("cannot seal \(job.segment.path): \(error.message)")
                job.failures += 1
            }
            // Up to half a minute and more: a full disk is not told of every two seconds.
            let delay = tuning.sealRetryDelay << min(job.failures, 4)
            state.withLock { $0.retryTime = Clock.monotonic() + delay }
            return
        }
        state.withLock { state in
            state.jobs.removeFirst()
            state.retryTime = 0
        }
        let first = job.segment.firstPosition
        notify(.sealed(first: first, last: job.record.tail.position, bytes: job.segment.bytes))
        retention.note(job.record.open)
        retention.apply(in: folder, notify)
    }
}
