import Events
import Testing
import Threading

@testable import EventStore

struct RetentionTests {
    let rig: SegmentRig

    init() throws { rig = try SegmentRig() }

    @Test func removesTheOldestWhileThereIsTooMuch() throws {
        let log = try rig.open(retention: LogRetention(maxBytes: 400_000))
        for turn in 0..<12 as Range<Int64> {
            log.append(EventBatch(chunks: 400, firstOrdinal: turn * 400 + 1))
        }
        #expect(rig.waitForSeals(11).count == 11)
        #expect(rig.waitFor { if case .removed(1, _) = $0 { true } else { false } })
        log.close()
        let segments = try rig.segments
        #expect(segments.count < 12 && segments.count > 1)
        #expect(segments.last?.firstPosition == 4_801)
        // What is left has no hole.
        let events = try readAll(rig.folder.log)
        #expect(events.map(\.position) == Array(segments[0].firstPosition...4_800))
    }

    @Test func removesWhatIsTooOldAndNothingElse() throws {
        let log = try rig.open(retention: LogRetention(maxAge: 3_600_000_000))
        log.append(EventBatch(chunks: 400))
        let now = Clock.wall()
        let recent = EventHeader(.chunkReceived, connection: 1, ordinal: 401, at: now)
        log.append([(recent, String(repeating: "x", count: 60_000))])
        log.append(EventBatch(chunks: 1, firstOrdinal: 402))
        _ = rig.waitForSeals(2)
        #expect(rig.waitFor { if case .removed(1, _) = $0 { true } else { false } })
        log.close()
        #expect(try rig.segments.map(\.firstPosition) == [401, 402])
        // A start finds nothing amiss in a log that does not begin at 1.
        let next = try rig.open()
        #expect(next.recovered.missingEvents == 0 && next.recovered.lastPosition == 402)
        next.close()
    }

    /// It is the one that knows which numbers have been given.
    @Test func keepsTheNewestSealedSegment() throws {
        let log = try rig.open(retention: LogRetention(maxBytes: 1))
        log.append(EventBatch(chunks: 400, connection: 7))
        log.append(EventBatch(chunks: 400, connection: 500))
        log.append(EventBatch(chunks: 1, connection: 3))
        #expect(rig.waitFor { if case .removed(1, _) = $0 { true } else { false } })
        log.close()
        #expect(try rig.segments.map(\.firstPosition) == [401, 801])
        let next = try rig.open(retention: LogRetention(maxBytes: 1))
        #expect(next.makeConnectionNumber() == 501)
        next.close()
        #expect(try rig.segments.map(\.firstPosition) == [401, 801])
    }

    @Test func keepsWhatAnOpenConnectionNeeds() throws {
        let log = try rig.open(retention: LogRetention(maxBytes: 1))
        log.append(EventBatch(chunks: 400, connection: 1))
        log.append(EventBatch(7, [.connectionOpened]))
        log.append(EventBatch(chunks: 400, connection: 8))
        log.append(EventBatch(chunks: 400, connection: 9))
        #expect(rig.waitFor { $0 == .heldBack(first: 401, by: 7) })
        #expect(try rig.segments.map(\.firstPosition).first == 401)
        log.append(EventBatch(7, [.connectionClosed], after: 1))
        log.append(EventBatch(chunks: 400, connection: 10))
        log.append(EventBatch(chunks: 1, connection: 11))
        #expect(rig.waitFor { if case .removed(401, _) = $0 { true } else { false } })
        log.close()
    }
}
