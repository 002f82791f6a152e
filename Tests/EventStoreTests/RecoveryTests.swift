import CSQLite
import Events
import Glibc
import Testing

@testable import EventStore

struct RecoveryTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func openConnection(_ number: Int64, in log: EventLog) {
        log.append([
            (EventHeader(.connectionOpened, connection: number, ordinal: 1, at: 1), "{}"),
            (EventHeader(.requestSent, connection: number, ordinal: 2, at: 2), "{}"),
        ])
    }

    /// A copy of the files in the middle of a run is what a killed process leaves.
    @Test(arguments: [true, false])
    func finishesWhatARunLeftOpen(withIndex: Bool) throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        openConnection(1, in: log)
        openConnection(2, in: log)
        log.append([
            (EventHeader(.streamEnded, connection: 1, ordinal: 3, at: 3), ""),
            (EventHeader(.connectionClosed, connection: 1, ordinal: 4, at: 4), "{}"),
        ])
        let copy = try folder.copyLog(to: "copy", withIndex: withIndex)
        log.close()

        let next = try EventLog.open(folder: copy, LogOptions(sync: .normal))
        #expect(next.recovered.closedConnections == [2])
        #expect(next.recovered.failedRequests == [2])
        #expect(next.recovered.lastPosition == 8)
        #expect(next.recovered.events == 6)
        #expect(next.makeConnectionNumber() == 3)
        next.close()

        let ended = try LogReader(folder: copy).events(connection: 2, from: 5)
        #expect(ended.map(\.header.knownKind) == [.requestFailed, .connectionClosed])
        #expect(ended.map(\.header.ordinal) == [3, 4])
        #expect(ended.map(\.header.cause) == [2, 0])
        #expect(ended.map(\.position) == [7, 8])
        #expect(
            ended.last?.body == Array(#"{"by":"gateway","reason":"gateway restarted"}"#.utf8)
        )
        let third = try EventLog.open(folder: copy, LogOptions(sync: .normal))
        #expect(third.recovered.closedConnections.isEmpty && third.recovered.lastPosition == 8)
        third.close()
    }

    @Test func survivesAKilledProcess() async throws {
        let path = folder.log
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String] in
            let log = try EventLog.open(folder: path, LogOptions(sync: .normal))
            log.append([
                (EventHeader(.connectionOpened, connection: 1, ordinal: 1, at: 1), "{}")
            ])
            let observer = RecordingObserver { batch in
                if batch.firstPosition > 500 { kill(getpid(), SIGKILL) }
            }
            for ordinal in stride(from: 2, to: 10_000, by: 20) as StrideTo<Int64> {
                log.submit(EventBatch(chunks: 20, firstOrdinal: ordinal), for: observer)
                observer.waitForAnswers()
            }
        }
        let log = try EventLog.open(folder: path, LogOptions(sync: .normal))
        #expect(log.recovered.closedConnections == [1])
        #expect(log.recovered.lastPosition >= 500)
        #expect(log.recovered.damagedEvents == 0 && log.recovered.missingEvents == 0)
        log.close()
        let events = try readAll(path)
        #expect(events.map(\.header.ordinal) == Array(1...Int64(events.count)))
        #expect(events.allSatisfy { $0.isIntact })
    }

    @Test func countsDamagedRowsAndStarts() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.append(EventBatch(chunks: 10))
        log.close()
        try change("UPDATE events SET body = x'00' WHERE position IN (4, 6)")
        try change("UPDATE events SET kind = kind + 256 WHERE position = 5")
        try change("DELETE FROM events WHERE position = 8")

        let next = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        #expect(next.recovered.damagedEvents == 3)
        #expect(next.recovered.firstDamaged == 4)
        #expect(next.recovered.missingEvents == 1)
        #expect(next.recovered.lastPosition == 10)
        next.close()
        let damaged = try readAll(folder.log).filter { !$0.isIntact }
        #expect(damaged.map(\.position) == [4, 5, 6])
    }

    @Test func refusesAnImpossiblePosition() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.append(EventBatch(chunks: 2))
        log.close()
        try change("UPDATE events SET position = 9223372036854775807 WHERE position = 2")
        let error = #expect(throws: StoreError.self) {
            try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        }
        #expect(error?.kind == .damaged)
        #expect(try readAll(folder.log).map(\.position) == [1, .max])
    }

    private func change(_ sql: String) throws {
        try Database(path: folder.segment, flags: SQLITE_OPEN_READWRITE)
            .execute(sql, to: "change")
    }
}
