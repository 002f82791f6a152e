import CSQLite
import Events
import Glibc
import Testing

@testable import EventStore

struct OutageTests {
    let folder: TemporaryFolder
    var tuning = WriterTuning()

    init() throws {
        folder = try TemporaryFolder()
        tuning.firstRetryDelay = 1_000
        tuning.longestRetryDelay = 4_000
        tuning.lockPatience = 0
    }

    @Test func failsClosedAndGoesOnByItself() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal), tuning: tuning)
        log.append(EventBatch(chunks: 2))
        let observer = RecordingObserver()
        do {
            let stranger = try Database(path: folder.segment, flags: SQLITE_OPEN_READWRITE)
            try stranger.execute("BEGIN IMMEDIATE", to: "lock")
            log.submit(EventBatch(chunks: 3, firstOrdinal: 3), for: observer)
            observer.waitForAnswers()
            guard case .failing(let reason, let since) = log.health else {
                Issue.record("not failing")
                return
            }
            #expect(reason.contains("database is locked") && since > 0)
            // No transaction is tried for these.
            log.submit(EventBatch(chunks: 4, firstOrdinal: 3), for: observer)
            observer.waitForAnswers()
            #expect(observer.failed.map(\.kind) == [.sqlite(SQLITE_BUSY), .sqlite(SQLITE_BUSY)])
            #expect(observer.resumedCount == 0)
            try stranger.execute("COMMIT", to: "unlock")
        }
        observer.waitForResumption()
        #expect(log.health == .writing)
        log.submit(EventBatch(chunks: 1, firstOrdinal: 3), for: observer)
        observer.waitForAnswers()
        log.close()
        try expectGap(of: 7, at: 3, reason: "database is locked", thenEvents: 1)
    }

    @Test func aBatchThatDoesNotFitIsAllLost() throws {
        var tuning = tuning
        tuning.maximumPages = 8
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal), tuning: tuning)
        log.append(EventBatch(chunks: 2))
        let observer = RecordingObserver()
        log.submit(EventBatch(chunks: 500, firstOrdinal: 3), for: observer)
        observer.waitForAnswers()
        observer.waitForResumption()
        #expect(observer.failed.map(\.kind) == [.sqlite(SQLITE_FULL)])
        log.submit(EventBatch(chunks: 1, firstOrdinal: 3), for: observer)
        observer.waitForAnswers()
        log.close()
        try expectGap(of: 500, at: 3, reason: "database or disk is full", thenEvents: 1)
    }

    @Test func anObserverWithoutABatchHearsOfTheOutage() throws {
        var tuning = tuning
        tuning.maximumPages = 8
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal), tuning: tuning)
        let bystander = log.append(EventBatch(chunks: 1))
        log.append(EventBatch(chunks: 500, firstOrdinal: 3))
        bystander.waitForResumption()
        #expect(bystander.failed.isEmpty && bystander.resumedCount == 1)
        #expect(bystander.interrupted.map(\.kind) == [.sqlite(SQLITE_FULL)])
        log.close()
    }

    @Test func closesDuringAnOutage() throws {
        var tuning = tuning
        tuning.firstRetryDelay = .max / 4
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal), tuning: tuning)
        do {
            let stranger = try Database(path: folder.segment, flags: SQLITE_OPEN_READWRITE)
            try stranger.execute("BEGIN IMMEDIATE", to: "lock")
            #expect(log.append(EventBatch(chunks: 1)).failed.count == 1)
            log.close()
            #expect(log.health == .closed)
        }
        let next = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        #expect(next.recovered.lastPosition == 0)
        next.close()
    }

    @Test func closingWritesTheGapWhenItCan() throws {
        var tuning = tuning
        tuning.maximumPages = 8
        tuning.firstRetryDelay = .max / 4
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal), tuning: tuning)
        #expect(log.append(EventBatch(chunks: 500)).failed.count == 1)
        log.close()
        try expectGap(of: 500, at: 1, reason: "database or disk is full", thenEvents: 0)
    }

    /// A file size limit stands for a full disk: `write` itself fails (EFBIG), in a process of its
    /// own because the limit is the process's.
    @Test func outlivesWritesThatFail() async throws {
        let path = folder.log
        await #expect(processExitsWith: .success) {
            [path = path as String] in
            signal(SIGXFSZ, SIG_IGN)
            var tuning = WriterTuning()
            tuning.firstRetryDelay = 1_000
            let log = try EventLog.open(folder: path, LogOptions(sync: .full), tuning: tuning)
            log.append(EventBatch(chunks: 2))
            limitFileSize(64 << 10)
            let lost = log.append(EventBatch(chunks: 2_000, firstOrdinal: 3))
            guard lost.failed.count == 1 else { exit(2) }
            lost.waitForResumption()
            // Now the write-ahead log is filled until not even the gap fits.
            var ordinal: Int64 = 3
            while true {
                let observer = log.append(EventBatch(chunks: 1, firstOrdinal: ordinal))
                if !observer.failed.isEmpty { break }
                ordinal += 1
            }
            let waiting = log.append(EventBatch(chunks: 1, firstOrdinal: ordinal))
            limitFileSize(rlim_t.max)
            if !waiting.failed.isEmpty { waiting.waitForResumption() }
            log.append(EventBatch(chunks: 1, firstOrdinal: ordinal))
            log.close()
            let events = try readAll(path)
            let whole = events.map(\.position) == Array(1...Int64(events.count))
            exit(whole && events.allSatisfy { $0.isIntact } ? 0 : 3)
        }
    }

    @Test func waitsLongerEachTimeUpToABound() {
        let error = StoreError(.closed, "")
        var outage = Outage(error, tuning: tuning)
        var waits: [Int64] = []
        for _ in 0..<5 {
            outage.postpone(error)
            waits.append(outage.delay)
        }
        #expect(waits == [2_000, 4_000, 4_000, 4_000, 4_000])
    }

    @Test func findsItsTailAgain() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.append(EventBatch(chunks: 5))
        log.appendToGatewayStream(.logGap, body: Span(), at: 1, for: RecordingObserver())
        log.close()
        let segment = Segment(folder: folder.log, firstPosition: 1)
        let writer = try SegmentWriter(segment, sync: .normal, tuning: tuning)
        try writer.findTail(after: LogTail(position: 4, gatewayOrdinal: 0))
        #expect(writer.tail == LogTail(position: 6, gatewayOrdinal: 1))
        #expect(throws: StoreError.self) {
            try writer.findTail(after: LogTail(position: 7, gatewayOrdinal: 0))
        }
    }

    private func expectGap(
        of count: Int64,
        at position: Int64,
        reason: String,
        thenEvents: Int
    ) throws {
        let events = try readAll(folder.log)
        #expect(events.count == Int(position) + thenEvents)
        #expect(events.map(\.position) == Array(1...Int64(events.count)))
        let gap = try #require(try LogReader(folder: folder.log).event(at: position))
        #expect(gap.header.knownKind == .logGap)
        #expect(gap.header.connection == 0 && gap.header.ordinal == 1)
        #expect(gap.header.detail == count)
        #expect(String(decoding: gap.body, as: UTF8.self).contains(reason))
    }
}

/// Sets the size that a file of this process may grow to, in bytes.
private func limitFileSize(_ bytes: rlim_t) {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    limit.rlim_cur = min(bytes, limit.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
}
