import EventStore
import Events
import Testing

struct EventBatchTests {
    @Test func countsEventsAndBytes() {
        let batch = EventBatch()
        #expect(batch.isEmpty && batch.count == 0 && batch.byteCount == 0)
        let header = EventHeader(.frameReceived, connection: 1, ordinal: 1, at: 1)
        batch.append(header, body: Array("abc".utf8).span)
        batch.append(header, body: Span())
        #expect(!batch.isEmpty && batch.count == 2 && batch.byteCount == 3)
        #expect(batch.headers == [header, header])
        batch.removeAll()
        #expect(batch.isEmpty && batch.byteCount == 0)
    }

    /// Long bodies before, between and after others, in runs of every kind.
    @Test(arguments: [[0], [5], [0, 1], [16], [15, 16, 17], [3, 40], [39, 40]])
    func longBodiesAreSharedAndStayInTheirPlaces(long: [Int]) throws {
        let folder = try TemporaryFolder()
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        let batch = EventBatch()
        let bodies = (0...40).map { index in
            [UInt8](repeating: UInt8(index), count: long.contains(index) ? 100_000 : index)
        }
        for (index, body) in bodies.enumerated() {
            let ordinal = Int64(index) + 1
            let header = EventHeader(.frameReceived, connection: 1, ordinal: ordinal, at: 1)
            batch.append(header, sharing: body)
        }
        #expect(batch.byteCount == bodies.map(\.count).reduce(0, +))
        log.append(batch)
        batch.removeAll()
        #expect(batch.byteCount == 0)
        let header = EventHeader(.frameReceived, connection: 1, ordinal: 42, at: 1)
        batch.append(header, body: Array("again".utf8).span)
        log.append(batch)
        log.close()
        let events = try readAll(folder.log)
        #expect(events.map(\.body) == bodies + [Array("again".utf8)])
        #expect(events.allSatisfy { $0.isIntact })
    }

    @Test func canBeUsedAgain() throws {
        let folder = try TemporaryFolder()
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        let batch = EventBatch()
        for turn in 1...3 as ClosedRange<Int64> {
            batch.removeAll()
            let header = EventHeader(.frameReceived, connection: 1, ordinal: turn, at: turn)
            batch.append(header, body: Array("turn \(turn)".utf8).span)
            log.append(batch)
            #expect(batch.firstPosition == turn)
        }
        log.close()
        let bodies = try readAll(folder.log).map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies == ["turn 1", "turn 2", "turn 3"])
    }
}
