import CSQLite
import Events
import Foundation
import Testing
import Threading

@testable import EventStore

struct SegmentTests {
    let rig: SegmentRig

    init() throws { rig = try SegmentRig() }

    @Test func aFullSegmentIsFollowedByTheNextAndSealed() throws {
        let log = try rig.open()
        for turn in 0..<6 as Range<Int64> {
            log.append(EventBatch(chunks: 400, firstOrdinal: turn * 400 + 1))
        }
        #expect(rig.waitForSeals(6) == [1, 401, 801, 1_201, 1_601, 2_001])
        log.close()
        let segments = try rig.segments
        #expect(segments.map(\.firstPosition) == [1, 401, 801, 1_201, 1_601, 2_001, 2_401])
        for segment in segments.dropLast() {
            let database = try Database(path: segment.path, flags: SQLITE_OPEN_READONLY)
            #expect(try database.isSealed)
            #expect(!FileManager.default.fileExists(atPath: segment.walPath))
            #expect(try permissions(segment.path) == 0o400)
            #expect(
                try database.integer(
                    "SELECT count(*) FROM pragma_index_list('events') WHERE name LIKE 'events_by_%'"
                ) == 2
            )
            let record = try database.sealRecord()
            #expect(record.tail.position == segment.firstPosition + 399)
            let first = 1_763_800_000_000_000 + segment.firstPosition
            #expect(try database.integer("SELECT first_at FROM seal") == first)
            #expect(try database.integer("SELECT last_at FROM seal") == first + 399)
        }
        let events = try readAll(rig.folder.log)
        #expect(events.map(\.position) == Array(1...2_400))
        #expect(events.allSatisfy { $0.isIntact })
    }

    @Test func aLoopThatFindsTheLogFreeCommitsAndRollsByItself() throws {
        let log = try rig.open()
        let observer = RecordingObserver()
        for turn in 0..<4 as Range<Int64> {
            let batch = EventBatch(chunks: 400, firstOrdinal: turn * 400 + 1)
            // The thread may just be looking after the age of the segment.
            if !log.commit(batch, for: observer) { observer.waitForAnswers() }
            #expect(batch.firstPosition == turn * 400 + 1)
        }
        #expect(rig.waitForSeals(3) == [1, 401, 801])
        log.close()
        #expect(try readAll(rig.folder.log).count == 1_600)
    }

    @Test func anOldSegmentIsFollowedByTheNextWithoutAnEvent() throws {
        let log = try rig.open { options, _ in
            options.segmentBytes = 1 << 30
            options.segmentAge = 1_000
        }
        let now = Clock.wall()
        let header = EventHeader(.chunkReceived, connection: 1, ordinal: 1, at: now)
        log.append([(header, "x")])
        #expect(rig.waitForSeals(1) == [1])
        log.close()
        #expect(try rig.segments.map(\.firstPosition) == [1, 2])
    }

    @Test func aLogGoesOnAfterASealedSegment() throws {
        var log = try rig.open()
        log.append(EventBatch(chunks: 400, connection: 9))
        log.append(EventBatch(chunks: 1, connection: 3))
        _ = rig.waitForSeals(1)
        log.close()
        // Only what follows the sealed segment is read.
        log = try rig.open()
        #expect(log.recovered.events == 1)
        #expect(log.recovered.lastPosition == 401)
        #expect(log.makeConnectionNumber() == 10)
        log.close()
        // The active segment is lost: the log goes on after the sealed one.
        try #require(try rig.segments.last).remove()
        log = try rig.open()
        #expect(log.recovered.lastPosition == 400)
        log.append(EventBatch(chunks: 1))
        log.close()
        #expect(try rig.segments.map(\.firstPosition) == [1, 401])
    }

    @Test func aStreamThatBeganInAnEarlierSegmentIsEnded() throws {
        var log = try rig.open()
        log.append(EventBatch(1, [.connectionOpened, .frameReceived, .requestSent]))
        log.append(EventBatch(2, [.connectionOpened]))
        log.append(EventBatch(3, [.connectionOpened, .connectionClosed]))
        log.append(EventBatch(chunks: 400, connection: 1, firstOrdinal: 4))
        log.append(EventBatch(chunks: 400, connection: 8, firstOrdinal: 1))
        log.append(EventBatch(chunks: 1, connection: 8, firstOrdinal: 401))
        _ = rig.waitForSeals(2)
        log.close()
        log = try rig.open()
        #expect(log.recovered.closedConnections == [1, 2])
        #expect(log.recovered.failedRequests == [1])
        log.close()
        let ends = try readAll(rig.folder.log).suffix(3).map(\.header)
        #expect(ends.map(\.connection) == [1, 1, 2])
        #expect(ends.map(\.knownKind) == [.requestFailed, .connectionClosed, .connectionClosed])
        #expect(ends.map(\.ordinal) == [404, 405, 2])
        #expect(ends.map(\.cause) == [3, 0, 0])
    }

    /// A seal that a kill has cut short, before or after its transaction.
    @Test(arguments: [false, true])
    func aHalfDoneSealIsFinishedAtTheNextStart(isIndexed: Bool) throws {
        let log = try rig.open { options, _ in options.segmentBytes = 1 << 30 }
        log.append(EventBatch(1, [.connectionOpened]))
        log.append(EventBatch(chunks: 400, connection: 1, firstOrdinal: 2))
        log.close()
        let first = try #require(try rig.segments.first)
        if isIndexed {
            let database = try Database(path: first.path, flags: SQLITE_OPEN_READWRITE)
            var open = OpenStreams()
            let header = EventHeader(.connectionOpened, connection: 1, ordinal: 1, at: 1)
            open.take(header, at: 1)
            let tail = LogTail(position: 401, gatewayOrdinal: 0)
            try database.seal(SealRecord(tail: tail, nextConnection: 2, open: open))
        }
        try Segment(folder: rig.folder.log, firstPosition: 402).createFile()
        let next = try rig.open()
        #expect(next.recovered.closedConnections == [1])
        #expect(rig.waitForSeals(1) == [1])
        next.close()
        #expect(first.isReadOnly)
        let end = try #require(try readAll(rig.folder.log).last)
        #expect(end.position == 402 && end.header.ordinal == 402)
        let database = try Database(path: first.path, flags: SQLITE_OPEN_READONLY)
        #expect(try database.isSealed)
    }

    /// A loss of power can take the last events of a segment although the next one is there already.
    @Test func positionsOfLostEventsAreNotGivenAgain() throws {
        var log = try rig.open { options, _ in options.segmentBytes = 1 << 30 }
        log.append(EventBatch(1, [.connectionOpened]))
        log.append(EventBatch(chunks: 399, connection: 1, firstOrdinal: 2))
        log.close()
        let first = try #require(try rig.segments.first)
        do {
            let database = try Database(path: first.path, flags: SQLITE_OPEN_READWRITE)
            try database.execute("DELETE FROM events WHERE position > 390", to: "lose")
        }
        try Segment(folder: rig.folder.log, firstPosition: 401).createFile()
        log = try rig.open()
        #expect(log.recovered.missingEvents == 10)
        #expect(log.recovered.lastPosition == 401)
        log.append(EventBatch(chunks: 1, connection: 2))
        log.close()
        let positions = try readAll(rig.folder.log).map(\.position)
        #expect(positions == Array(1...390) + [401, 402])
    }

    /// What damage has put into a row must not keep the log from going on.
    @Test func anImpossibleNumberIsSealedAll() throws {
        let log = try rig.open()
        log.append(EventBatch(chunks: 400, connection: .max))
        log.append(EventBatch(chunks: 1, connection: 2))
        #expect(rig.waitForSeals(1) == [1])
        log.close()
    }

    /// Segments that have to wait long are closed meanwhile, and so are all at a stop.
    @Test func allWaitingSegmentsAreSealedInTheEnd() throws {
        let log = try rig.open { _, tuning in tuning.sealBacklog = 0 }
        for turn in 0..<20 as Range<Int64> {
            log.append(EventBatch(chunks: 400, firstOrdinal: turn * 400 + 1))
        }
        log.close()
        #expect(try readAll(rig.folder.log).count == 8_000)
        let next = try rig.open()
        #expect(rig.waitForSeals(19).sorted() == (0..<19).map { $0 * 400 + 1 })
        next.close()
        #expect(try readAll(rig.folder.log).allSatisfy { $0.isIntact })
    }

    @Test func aReaderDelaysASealAndIsNotHurt() throws {
        let log = try rig.open { options, tuning in
            options.segmentBytes = 40_000
            tuning.lockPatience = 0
        }
        log.append(EventBatch(chunks: 400))
        var seen = 0
        try LogReader(folder: rig.folder.log).forEach { position, _, _, _ in
            if position == 1 { log.append(EventBatch(chunks: 1, firstOrdinal: 401)) }
            seen += 1
            return true
        }
        #expect(seen == 400)
        #expect(rig.waitForSeals(1).count == 1)
        log.close()
    }

    private func permissions(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
}
