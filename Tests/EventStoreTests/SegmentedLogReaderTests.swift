import CSQLite
import Events
import Foundation
import Testing

@testable import EventStore

/// Reading a log of several segments, and one that changes meanwhile.
struct SegmentedLogReaderTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.fillThreeSegments()
    }

    private func positions(
        _ reader: LogReader,
        _ connection: Int64? = nil,
        _ kinds: Set<EventKind>? = nil,
        _ range: ClosedRange<Int64> = 1...90
    ) throws -> [Int64] {
        let (from, through) = (range.lowerBound, range.upperBound)
        return try reader.events(connection: connection, kinds: kinds, from: from, through: through)
            .map(\.position)
    }

    /// The same answers, whatever is sealed.
    @Test(arguments: [[], [31], [31, 61]] as [[Int64]])
    func selects(alsoSealed: [Int64]) throws {
        for first in alsoSealed { try folder.seal(first) }
        let reader = try LogReader(folder: folder.log)
        #expect(try positions(reader) == Array(1...90))
        #expect(try positions(reader, 2) == Array(stride(from: 2, through: 90, by: 3)))
        #expect(try positions(reader, 4) == [])
        #expect(
            try positions(reader, 2, nil, 30...63) == Array(stride(from: 32, through: 62, by: 3))
        )
        #expect(try positions(reader, nil, nil, 29...62) == Array(29...62))
        let frames = Array(stride(from: 1 as Int64, through: 90, by: 10))
        #expect(try positions(reader, nil, [.frameReceived]) == frames)
        #expect(
            try positions(reader, nil, [.frameReceived], 11...71) == [11, 21, 31, 41, 51, 61, 71]
        )
        #expect(try positions(reader, 1, [.frameReceived]) == [1, 31, 61])
        #expect(try positions(reader, nil, [.frameReceived, .chunkReceived]).count == 90)
        #expect(try positions(reader, nil, []) == [])
        #expect(try reader.lastPosition() == 90)
        #expect(try reader.event(at: 31)?.body == Array("event 30".utf8))
        #expect(try reader.sealedThrough() == [30, 60, 90][alsoSealed.count])
        #expect(try readAll(folder.log).allSatisfy(\.isIntact))
    }

    @Test func stopsInAnySegment() throws {
        let reader = try LogReader(folder: folder.log)
        for last in [1, 30, 31, 61, 90] as [Int64] {
            var seen: Int64 = 0
            try reader.forEach { position, _, _, _ in
                seen = position
                return position < last
            }
            #expect(seen == last)
        }
    }

    @Test(arguments: [SegmentQuery.byConnection, .byKind([3, 12]), .byKind([4])])
    func searchesByIndex(query: SegmentQuery) throws {
        let database = try Database.reading(Segment(folder: folder.log, firstPosition: 1))
        let plan = try database.plan(of: query.sql)
        let index = query == .byConnection ? "events_by_connection (con" : "events_by_kind (kind=?"
        #expect(plan.contains { $0.contains("USING COVERING INDEX \(index)") }, "\(plan)")
        #expect(plan.contains("SEARCH events USING INTEGER PRIMARY KEY (rowid=?)"), "\(plan)")
        #expect(!plan.contains { $0.contains("SCAN") || $0.contains("ORDER BY") }, "\(plan)")
    }

    @Test func choosesTheCheapestQuery() {
        func query(_ connection: Int64?, _ kinds: Set<EventKind>?, sealed: Bool = true)
            -> SegmentQuery
        {
            let all = EventSelection(connection: connection, from: 1, through: .max, kinds: kinds)
            return SegmentQuery(all, isSealed: sealed)
        }
        #expect(query(nil, nil) == .scan)
        #expect(query(1, nil) == .byConnection)
        #expect(query(1, [.requestSent]) == .byConnection)
        #expect(query(nil, [.requestSent, .connectionOpened]) == .byKind([3, 6]))
        #expect(query(nil, [.requestSent, .chunkReceived]) == .scan)
        #expect(query(nil, []) == .scan)
        #expect(query(1, [.requestSent], sealed: false) == .scan)
    }

    /// Rows are given by position even when an ordinal is damaged.
    @Test func keepsTheOrderOfPositions() throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600],
            ofItemAtPath: folder.segment
        )
        try Database(path: folder.segment, flags: SQLITE_OPEN_READWRITE)
            .execute("UPDATE events SET ordinal = 99 WHERE position = 2", to: "change")
        #expect(try positions(LogReader(folder: folder.log), 2, nil, 1...9) == [2, 5, 8])
    }

    /// A log rolls, a segment is sealed and the oldest goes while a reader is between two events.
    @Test func goesOnWhileTheLogChanges() throws {
        let reader = try LogReader(folder: folder.log)
        var seen: [Int64] = []
        try reader.forEach { position, _, _, _ in
            seen.append(position)
            switch position {
            case 10:
                try folder.seal(31)
                unlink(folder.segment)
            case 40: try folder.seal(61)
            default: break
            }
            return true
        }
        #expect(seen == Array(1...90))
        #expect(reader.removedThrough == 0)
        #expect(try positions(reader) == Array(31...90))
        #expect(try reader.firstPosition() == 31)
    }

    @Test func skipsWhatRetentionHasRemoved() throws {
        try folder.seal(31)
        let reader = try LogReader(folder: folder.log)
        var seen: [Int64] = []
        unlink(folder.segment)
        try reader.forEach(connection: 1) { position, _, _, _ in
            if seen.isEmpty { unlink(folder.segment(31)) }
            seen.append(position)
            return true
        }
        #expect(seen.first == 31 && seen.last == 88)
        seen = []
        let late = try LogReader(folder: folder.log)
        try late.forEach { position, _, _, _ in
            seen.append(position)
            return true
        }
        #expect(seen == Array(61...90))
    }

    /// Retention is faster than the reader: what it has listed is gone when it comes to open it.
    @Test func goesOnAfterARemovalAhead() throws {
        try folder.seal(31)
        let reader = try LogReader(folder: folder.log)
        var seen: [Int64] = []
        try reader.forEach { position, _, _, _ in
            if position == 1 {
                unlink(folder.segment)
                unlink(folder.segment(31))
            }
            seen.append(position)
            return true
        }
        #expect(seen == Array(1...30) + Array(61...90))
        #expect(reader.removedThrough == 60)
    }

    /// The same for the events of one connection, whose end is looked for in what is gone.
    @Test func goesOnWithAConnectionAfterARemovalAhead() throws {
        try folder.seal(31)
        var seen: [Int64] = []
        try LogReader(folder: folder.log).forEach(connection: 1, from: 2) { position, _, _, _ in
            if position == 4 {
                unlink(folder.segment)
                unlink(folder.segment(31))
            }
            seen.append(position)
            return true
        }
        let left = Array(4...30 as ClosedRange<Int64>) + Array(61...90)
        #expect(seen == left.filter { $0 % 3 == 1 })
    }

    /// A segment in the middle that is missing is no retention.
    @Test func complainsOfAMissingSegment() throws {
        let reader = try LogReader(folder: folder.log)
        var seen: Int64 = 0
        let error = #expect(throws: StoreError.self) {
            try reader.forEach { position, _, _, _ in
                if position == 1 { rename(folder.segment(31), folder.path("elsewhere")) }
                seen = position
                return true
            }
        }
        #expect(seen == 30)
        #expect(error?.kind == .io(ENOENT))
    }

    @Test func seesNewSegments() throws {
        let reader = try LogReader(folder: folder.log)
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.append(EventBatch(chunks: 10))
        log.close()
        try folder.roll(at: 95)
        #expect(try reader.lastPosition() == 100)
        #expect(try positions(reader, nil, nil, 85...200) == Array(85...100))
    }

    /// A segment that has no event yet, and a file that is being prepared to be the next one.
    @Test func readsALogThatHasJustRolled() throws {
        try folder.roll(at: 91)
        try Data().write(to: URL(fileURLWithPath: "\(folder.log)/next.db"))
        let reader = try LogReader(folder: folder.log)
        #expect(try reader.lastPosition() == 90)
        #expect(try positions(reader, nil, nil, 89...99) == [89, 90])
    }

    /// A reader leaves an unsealed segment alone between two readings: it can be taken out of WAL.
    @Test func letsASegmentBeSealed() throws {
        let reader = try LogReader(folder: folder.log)
        #expect(try positions(reader).count == 90)
        try folder.seal(31)
        try folder.seal(61)
        for first in [31, 61] as [Int64] {
            let sealed = try Database(path: folder.segment(first), flags: SQLITE_OPEN_READONLY)
            #expect(try sealed.plan(of: "PRAGMA journal_mode", column: 0) == ["delete"])
        }
        #expect(try positions(reader).count == 90)
    }

    /// What an index of a damaged segment can no longer say is found without it.
    @Test func readsOnWithoutADamagedIndex() throws {
        let page = try Database.reading(Segment(folder: folder.log, firstPosition: 1))
            .integer("SELECT rootpage FROM sqlite_schema WHERE name = 'events_by_connection'")
        chmod(folder.segment, 0o600)
        let file = try #require(FileHandle(forUpdatingAtPath: folder.segment))
        let pageBytes = WriterTuning().pageBytes
        try file.seek(toOffset: UInt64(page - 1) * UInt64(pageBytes))
        try file.write(contentsOf: Data(repeating: 0xFF, count: pageBytes))
        try file.close()
        let reader = try LogReader(folder: folder.log)
        #expect(try positions(reader, 2) == Array(stride(from: 2, through: 90, by: 3)))
    }

    /// The log rolls, its segments are sealed and the oldest go, all at their own pace.
    @Test func readsWhileAGatewayRollsAndSeals() throws {
        let rig = try SegmentRig()
        let log = try rig.open(retention: LogRetention(maxBytes: 400_000))
        log.append(EventBatch(chunks: 1))
        let reader = try LogReader(folder: rig.folder.log)
        var next: Int64 = 1
        func readOn() throws {
            try reader.forEach(from: next) { position, header, checksum, body in
                #expect(position == max(next, reader.removedThrough + 1))
                #expect(header.ordinal == position && header.checksum(over: body) == checksum)
                next = position + 1
                return true
            }
        }
        for turn in 0..<50 as Range<Int64> {
            log.append(EventBatch(chunks: 200, firstOrdinal: turn * 200 + 2))
            try readOn()
        }
        #expect(rig.waitForSeals(20).count >= 20)
        log.close()
        try readOn()
        #expect(next == 10_002)
    }

    @Test func keepsFewSegmentsOpen() throws {
        try folder.seal(31)
        var pool = SegmentPool(limit: 2)
        func open(_ first: Int64) throws {
            _ = try pool.reader(of: Segment(folder: folder.log, firstPosition: first))
        }
        for first in [1, 31, 1, 61] as [Int64] { try open(first) }
        #expect(pool.readers.map(\.segment.firstPosition) == [1, 61])
        pool.closeUnsealed()
        #expect(pool.readers.map(\.segment.firstPosition) == [1])
    }
}

extension Database {
    /// A column of the rows that a statement, by default its plan, gives.
    fileprivate func plan(of sql: String, column: Int32 = 3) throws -> [String] {
        let statement = try prepare(column == 3 ? "EXPLAIN QUERY PLAN \(sql)" : sql)
        var lines: [String] = []
        while try statement.step(to: "read") {
            lines.append(
                sqlite3_column_text(statement.pointer, column).map { String(cString: $0) } ?? ""
            )
        }
        return lines
    }
}
