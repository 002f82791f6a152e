import Testing

@testable import EventStore

struct CheckpointRuleTests {
    @Test func waitsForAPauseOrForMuchGrowth() {
        var tuning = WriterTuning()
        tuning.idleCheckpointBytes = 10
        tuning.fullCheckpointBytes = 100
        var rule = CheckpointRule(tuning: tuning)
        func isDue(_ bytes: Int, inPause: Bool = false) -> Bool {
            rule.isDue(walBytes: bytes, inPause: inPause)
        }
        #expect(!isDue(9, inPause: true) && isDue(10, inPause: true))
        #expect(!isDue(99) && isDue(100))
        rule.noteCheckpoint(walBytes: 100)
        // A reader has kept SQLite from starting anew: the next one after as much growth.
        #expect(!isDue(109, inPause: true) && isDue(110, inPause: true))
        #expect(!isDue(199) && isDue(200))
        // It has started anew.
        #expect(!isDue(9, inPause: true) && isDue(10, inPause: true))
        #expect(!isDue(99) && isDue(100))
    }

    @Test func theWriteAheadLogStaysSmallUnderLoad() throws {
        let folder = try TemporaryFolder()
        var tuning = WriterTuning()
        tuning.fullCheckpointBytes = 64 << 10
        let segment = Segment(folder: folder.path, firstPosition: 1)
        let log = try EventLog.open(folder: folder.path, sync: .normal, tuning: tuning)
        for turn in 0..<200 as Range<Int64> {
            log.append(EventBatch(chunks: 20, firstOrdinal: turn * 20 + 1))
        }
        #expect(try fileSize(segment.walPath) < 256 << 10)
        #expect(try fileSize(segment.path) > 256 << 10)
        log.close()
    }
}
