import EventStore
import Events
import Foundation
import Synchronization
import Testing

struct EventLogTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func keepsWhatItIsGiven() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        let header = EventHeader(
            connection: 7,
            ordinal: 1,
            cause: 3,
            at: 1_763_800_000_000_000,
            kind: 8,
            version: 2,
            detail: -5
        )
        log.append([(header, "data: {}\n\n")])
        log.close()
        let events = try readAll(folder.log)
        #expect(events.map(\.header) == [header])
        #expect(events.map(\.position) == [1])
        #expect(events.map(\.body) == [Array("data: {}\n\n".utf8)])
        #expect(events.allSatisfy { $0.isIntact })
    }

    /// Below, at and above the rows of one INSERT; empty bodies and bodies over several pages.
    @Test(arguments: [1, 15, 16, 17, 31, 32, 33, 500], [0, 1, 110, 20_000])
    func keepsBatchesOfEverySize(count: Int, length: Int) throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        let observer = log.append(EventBatch(chunks: count, length: length))
        log.close()
        #expect(observer.committed == [1...Int64(count)])
        let events = try readAll(folder.log)
        #expect(events.map(\.position) == Array(1...Int64(count)))
        #expect(events.map(\.header.ordinal) == Array(1...Int64(count)))
        #expect(events.allSatisfy { $0.isIntact && $0.body.count == length })
    }

    @Test func tellsOnlyWhatOthersCanSee() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .full))
        let seen = Mutex<[Int64]>([])
        let path = folder.log
        let observer = RecordingObserver { batch in
            let last = (try? LogReader(folder: path).lastPosition()) ?? -1
            seen.withLock { $0.append(last - (batch.firstPosition + Int64(batch.count) - 1)) }
        }
        for turn in 0..<20 {
            log.submit(EventBatch(chunks: 3, firstOrdinal: Int64(turn) * 3 + 1), for: observer)
        }
        observer.waitForAnswers(20)
        log.close()
        #expect(seen.withLock { $0.count == 20 && $0.allSatisfy { $0 >= 0 } })
    }

    @Test func positionsAreGaplessAndEachCallersOrderIsKept() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        let threads = 4
        let turns = 50
        let observers = (0..<threads).map { _ in RecordingObserver() }
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for turn in 0..<turns {
                let batch = EventBatch(
                    chunks: 5,
                    connection: Int64(thread + 1),
                    firstOrdinal: Int64(turn * 5 + 1),
                    length: 20
                )
                log.submit(batch, for: observers[thread])
            }
        }
        for observer in observers { observer.waitForAnswers(turns) }
        log.close()

        let events = try readAll(folder.log)
        #expect(events.map(\.position) == Array(1...Int64(threads * turns * 5)))
        for thread in 1...threads {
            let own = events.filter { $0.header.connection == Int64(thread) }
            #expect(own.map(\.header.ordinal) == Array(1...Int64(turns * 5)))
            let told = observers[thread - 1].committed.flatMap { Array($0) }
            #expect(told == own.map(\.position))
        }
    }

    @Test func goesOnWhereItStopped() throws {
        for run in 0..<3 {
            let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
            #expect(log.recovered.lastPosition == Int64(run) * 2)
            #expect(log.recovered.nextConnection == Int64(run) + 1)
            #expect(log.makeConnectionNumber() == Int64(run) + 1)
            log.append(EventBatch(chunks: 2, connection: Int64(run) + 1))
            log.close()
        }
        #expect(try readAll(folder.log).map(\.position) == Array(1...6))
    }

    @Test func streamZeroGetsItsOrdinalsFromTheLog() throws {
        for run in 0..<2 {
            let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
            let observer = RecordingObserver()
            let reason = Array("test".utf8)
            log.appendToGatewayStream(.gatewayStarted, body: reason.span, at: 1, for: observer)
            log.submit(EventBatch(chunks: 1, connection: Int64(run) + 1), for: observer)
            log.appendToGatewayStream(
                .gatewayStopped,
                detail: 9,
                body: reason.span,
                at: 2,
                for: observer
            )
            log.close()
            #expect(observer.committed.count == 3)
        }
        let events = try LogReader(folder: folder.log).events(connection: 0)
        #expect(events.map(\.header.ordinal) == [1, 2, 3, 4])
        #expect(events.map(\.header.detail) == [0, 9, 0, 9])
        #expect(events.allSatisfy { $0.isIntact })
    }

    @Test func closingCommitsWhatIsQueuedAndLeavesOneFile() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .full))
        let observer = RecordingObserver()
        for turn in 0..<100 {
            log.submit(EventBatch(chunks: 1, firstOrdinal: Int64(turn) + 1), for: observer)
        }
        log.close()
        log.close()
        #expect(observer.committed.count == 100)
        #expect(log.health == .closed)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.log).sorted()
        #expect(files == ["events-00000000000000000001.db", "gateway.lock"])
    }

    @Test func refusesBatchesAfterClosing() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.close()
        #expect(log.append(EventBatch(chunks: 1)).failed.map(\.kind) == [.closed])
        #expect(try readAll(folder.log).isEmpty)
    }

    @Test func connectionNumbersAreNeverGivenTwice() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        defer { log.close() }
        let numbers = Mutex<[Int64]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for _ in 0..<250 {
                let number = log.makeConnectionNumber()
                numbers.withLock { $0.append(number) }
            }
        }
        #expect(numbers.withLock { $0.sorted() } == Array(1...1_000))
    }
}
