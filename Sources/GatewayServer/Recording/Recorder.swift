import EventStore
import Events
import IOLoop

/// Write-ahead for one loop: takes the loop's events, hands them to the log once a turn, and performs
/// what they cause when the log has them.
///
///     record, whenCommitted … ─ end of turn → submit ─ committed → effects, in order
///                                                    └ failed ──→ effects dropped, loop told
final class Recorder {
    /// A submitted turn: what waits for its commit.
    private struct Submitted {
        var releases: [Release]
        var bytes: Int
    }

    /// Bytes that may wait for the disk before the loop's peers are read no more.
    private static let highMark = 64 << 20
    /// How many emptied batches and lists are kept for turns to come.
    private static let spareLimit = 16

    private let log: EventLog
    private let loop: EventLoop
    /// Whether a turn is handed over only when the one before has been answered: until then events gather, since
    /// each answer costs a sync of the disk.
    private let gathers: Bool
    private let observer: LogObserver
    private var batch = EventBatch()
    private var releases: [Release] = []
    private var submitted: [Submitted] = []
    /// Place in `submitted` of the first turn that has not been answered.
    private var oldest = 0
    private var spareBatches: [EventBatch] = []
    private var spareReleases: [[Release]] = []
    private let lazyFlush: LoopTimer
    private var isUrgent = false
    /// Number of turns handed to the log so far.
    private(set) var submissions: Int64 = 0
    /// Number of them that the log has answered, well or badly.
    private(set) var answers: Int64 = 0

    /// How long an event that nothing waits for may stay out of the log, in microseconds.
    private static let lazyDelay: Int64 = 50_000

    init(log: EventLog, sync: LogSync, loop: EventLoop, observer: LogObserver) {
        self.log = log
        gathers = sync == .full
        self.loop = loop
        self.observer = observer
        lazyFlush = LoopTimer {}
    }

    /// Bytes of bodies that the log has been given and has not confirmed.
    private var unwrittenBytes = 0

    /// Whether the disk is so far behind that no more should be read.
    var isOverfull: Bool { unwrittenBytes + batch.byteCount > Self.highMark }

    /// Whether everything that was recorded is in the log or lost.
    var isIdle: Bool { batch.isEmpty && oldest == submitted.count }

    /// Adds an event to the turn. One that is not urgent may wait a moment for others.
    func record(_ header: EventHeader, _ body: Span<UInt8>, isUrgent: Bool = true) {
        batch.append(header, body: body)
        note(isUrgent: isUrgent)
    }

    /// Adds an event to the turn; a long body is shared, not copied.
    func record(_ header: EventHeader, sharing body: [UInt8]) {
        batch.append(header, sharing: body)
        note(isUrgent: true)
    }

    private func note(isUrgent: Bool) {
        if isUrgent {
            self.isUrgent = true
            loop.turnAgain()
        } else if !lazyFlush.isArmed {
            loop.arm(lazyFlush, after: Self.lazyDelay)
        }
    }

    /// Performs the release when all that has been recorded so far is in the log.
    func whenCommitted(_ release: Release) {
        releases.append(release)
        isUrgent = true
        loop.turnAgain()
    }

    /// The end of a turn. Gives the batch when it is in the log already: then it is the caller's to hand
    /// to ``committed(_:)``; else the observer brings the log's word.
    func submit() -> EventBatch? {
        guard !batch.isEmpty || !releases.isEmpty else { return nil }
        guard isUrgent || !lazyFlush.isArmed else { return nil }
        if gathers, oldest < submitted.count { return nil }
        loop.disarm(lazyFlush)
        isUrgent = false
        for index in releases.indices { releases[index].seal() }
        let bytes = batch.byteCount + batch.count * MemoryLayout<EventHeader>.size
        submitted.append(Submitted(releases: releases, bytes: bytes))
        unwrittenBytes += bytes
        submissions &+= 1
        releases = spareReleases.popLast() ?? []
        let full = batch
        batch = spareBatches.popLast() ?? EventBatch()
        // The sooner the log's thread has it, the more of the disk's time is spent while this one has work.
        if gathers { loop.giveWay() }
        // Behind a turn that is still on its way this one must not be first.
        if submitted.count - oldest == 1 { return log.commit(full, for: observer) ? full : nil }
        log.submit(full, for: observer)
        return nil
    }

    /// The oldest submitted turn is in the log.
    func committed(_ batch: EventBatch) {
        var releases = takeOldest(batch)
        for release in releases { release.perform() }
        releases.removeAll(keepingCapacity: releases.capacity <= 4096)
        if spareReleases.count < Self.spareLimit { spareReleases.append(releases) }
    }

    /// The oldest submitted turn is not in the log: nothing of it may happen.
    func failed(_ batch: EventBatch) {
        var releases = takeOldest(batch)
        for release in releases { release.giveUp() }
        releases.removeAll()
        if spareReleases.count < Self.spareLimit { spareReleases.append(releases) }
    }

    /// Drops what has been recorded in this turn, and gives the headers.
    func discard() -> [EventHeader] {
        let headers = batch.headers
        batch.removeAll()
        for release in releases { release.giveUp() }
        releases.removeAll()
        isUrgent = false
        return headers
    }

    private func takeOldest(_ batch: EventBatch) -> [Release] {
        answers &+= 1
        batch.removeAll()
        if spareBatches.count < Self.spareLimit { spareBatches.append(batch) }
        guard oldest < submitted.count else { return [] }
        let turn = submitted[oldest]
        submitted[oldest].releases = []
        oldest += 1
        if oldest == submitted.count {
            submitted.removeAll(keepingCapacity: oldest <= Self.spareLimit)
            oldest = 0
        } else if oldest >= 1024, oldest > submitted.count / 2 {
            submitted.removeFirst(oldest)
            oldest = 0
        }
        unwrittenBytes -= turn.bytes
        return turn.releases
    }
}
