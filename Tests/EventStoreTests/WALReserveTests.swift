import Events
import Foundation
import Glibc
import Testing
import Threading

@testable import EventStore

struct WALReserveTests {
    let rig: SegmentRig

    init() throws { rig = try SegmentRig() }

    private func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_size : -1
    }

    /// Waits until it is so, at most a minute; gives whether it is.
    private func wait(until isSo: () -> Bool) -> Bool {
        let deadline = Clock.monotonic() + 60_000_000
        while !isSo(), Clock.monotonic() < deadline { usleep(1_000) }
        return isSo()
    }

    private func open(_ reserve: ClosedRange<Int>, segmentBytes: Int = 1 << 30) throws -> EventLog {
        try rig.open(segmentBytes: segmentBytes) { options, tuning in
            options.sync = .full
            tuning.walReserve = reserve
        }
    }

    @Test func blocksAreThereBeforeTheyAreNeeded() throws {
        let log = try open(200_000...400_000)
        let wal = try #require(try rig.segments.first).walPath
        #expect(wait { size(wal) >= 200_000 })
        // As many ahead as are in use.
        log.append(EventBatch(chunks: 2_000))
        #expect(wait { size(wal) >= 2 * 2_000 * 110 })
        // No more than the most.
        log.append(EventBatch(chunks: 8_000, firstOrdinal: 2_001))
        #expect(wait { size(wal) >= 10_000 * 110 + 400_000 })
        log.close()
        #expect(size(wal) == -1)
        #expect(try readAll(rig.folder.log).map(\.position) == Array(1...10_000))
    }

    @Test func noMoreIsMadeThanASegmentMayTake() throws {
        let log = try open(1_000_000...1_000_000, segmentBytes: 300_000)
        let wal = try #require(try rig.segments.first).walPath
        #expect(wait { size(wal) == 300_000 })
        log.append(EventBatch(chunks: 1))
        #expect(size(wal) == 300_000)
        log.close()
    }

    @Test func whereNoCommitWaitsForTheDiskNothingIsMade() throws {
        let log = try rig.open { _, tuning in tuning.walReserve = 200_000...200_000 }
        log.append(EventBatch(chunks: 1))
        #expect(size(try #require(try rig.segments.first).walPath) < 100_000)
        log.close()
    }

    /// The zeros behind the last frame are no damage, to nobody.
    @Test(arguments: [true, false])
    func whatAKilledProcessLeavesIsWhole(withIndex: Bool) throws {
        let log = try open(200_000...200_000)
        log.append(EventBatch(chunks: 500))
        let wal = try #require(try rig.segments.first).walPath
        #expect(wait { size(wal) >= 200_000 })
        let copy = try rig.folder.copyLog(to: "copy", withIndex: withIndex)
        log.close()
        #expect(try readAll(copy).map(\.position) == Array(1...500))
        let next = try EventLog.open(folder: copy, LogOptions(sync: .full))
        #expect(next.recovered.events == 500 && next.recovered.damagedEvents == 0)
        let last = next.recovered.lastPosition
        next.append(EventBatch(chunks: 500, connection: 2))
        next.close()
        let events = try readAll(copy)
        #expect(events.map(\.position) == Array(1...last + 500))
        #expect(events.allSatisfy { $0.isIntact })
    }

    /// A reserve of a few bytes is used up before it is made: the file is made longer from both sides.
    @Test func whatIsWrittenIsNeverWrittenOver() throws {
        let log = try open(8_192...65_536, segmentBytes: 2_000_000)
        for turn in 0..<300 as Range<Int64> {
            log.append(EventBatch(chunks: 100, firstOrdinal: turn * 100 + 1))
        }
        #expect(rig.waitForSeals(1).count >= 1)
        log.close()
        let events = try readAll(rig.folder.log)
        #expect(events.map(\.position) == Array(1...30_000))
        #expect(events.allSatisfy { $0.isIntact })
    }

    /// A file that is not there is not made, and a link is not followed.
    @Test func onlyTheFileItselfIsMadeLonger() throws {
        let reserve = WALReserve(bounds: 100_000...100_000)
        let folder = rig.folder.log
        let files = FileManager.default
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let segments = (1...3).map { Segment(folder: folder, firstPosition: $0) }
        let stranger = folder + "/stranger"
        #expect(files.createFile(atPath: stranger, contents: nil))
        #expect(symlink(stranger, segments[1].walPath) == 0)
        #expect(files.createFile(atPath: segments[2].walPath, contents: nil))
        for segment in segments {
            reserve.note(segment, usedBytes: 0, limit: 1 << 20)
            reserve.lengthen(segment.walPath, to: 100_000)
        }
        #expect(size(segments[0].walPath) == -1 && size(stranger) == 0)
        #expect(size(segments[2].walPath) == 100_000)
        // A segment that is over, and the end.
        reserve.note(segments[0], usedBytes: 0, limit: 1 << 20)
        reserve.lengthen(segments[2].walPath, to: 200_000)
        reserve.note(segments[2], usedBytes: 0, limit: 1 << 20)
        reserve.close()
        reserve.lengthen(segments[2].walPath, to: 200_000)
        #expect(size(segments[2].walPath) == 100_000)
    }

    /// After a failure the log goes on in a new file of the same name.
    @Test func aFileThatIsBegunAnewGetsItsReserve() throws {
        let reserve = WALReserve(bounds: 10_000...1_000_000)
        let folder = rig.folder.log
        let files = FileManager.default
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let segment = Segment(folder: folder, firstPosition: 1)
        #expect(files.createFile(atPath: segment.walPath, contents: nil))
        reserve.start()
        reserve.note(segment, usedBytes: 500_000, limit: 1 << 30)
        #expect(wait { size(segment.walPath) == 1_000_000 })
        #expect(unlink(segment.walPath) == 0)
        #expect(files.createFile(atPath: segment.walPath, contents: nil))
        reserve.note(segment, usedBytes: 20_000, limit: 1 << 30)
        #expect(wait { size(segment.walPath) == 40_000 })
        reserve.close()
    }
}
