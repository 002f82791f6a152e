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
