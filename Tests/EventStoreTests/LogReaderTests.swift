import CSQLite
import Events
import Foundation
import Testing

@testable import EventStore

struct LogReaderTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func writeLog(_ events: Int, length: Int = 40) throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.append(EventBatch(chunks: events, length: length))
        log.close()
    }

    /// By its locks others see that a segment is being written. Without them the first that opens it to write, and
    /// closes it, would take the write-ahead log away from under the writer.
    @Test func aReaderBesideTheWriterLeavesItsLocks() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        defer { log.close() }
        log.append(EventBatch(chunks: 3))
        let before = try locks()
        #expect(!before.isEmpty)
        let reader = try LogReader(folder: folder.log, besideWriter: true)
        #expect(try reader.sealedThrough() == 0)
        #expect(try reader.lastPosition() == 3)
        #expect(try locks() == before)
    }

    /// This process's locks on the active segment, as the system has them.
    private func locks() throws -> [String] {
        var status = stat()
        try #require(stat(folder.segment, &status) == 0)
        let all = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
        return all.split(separator: "\n").filter { line in
            let words = line.split(separator: " ")
            return words.contains("\(getpid())")
                && words.contains { $0.hasSuffix(":\(status.st_ino)") }
        }.map { $0.drop { $0 != " " } }.map(String.init)
    }

    @Test func selects() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        for connection in 1...3 as ClosedRange<Int64> {
            log.append([
                (EventHeader(.connectionOpened, connection: connection, ordinal: 1, at: 1), "{}"),
                (EventHeader(.frameReceived, connection: connection, ordinal: 2, at: 2), "{}"),
                (EventHeader(.connectionClosed, connection: connection, ordinal: 3, at: 3), "{}"),
            ])
        }
        let strange = EventHeader(
            connection: 3,
            ordinal: 4,
            cause: 0,
            at: 4,
            kind: 200
        )
        log.append([(strange, "of a later version")])
        defer { log.close() }
        let reader = try LogReader(folder: folder.log)
        func positions(
            _ connection: Int64? = nil,
            _ kinds: Set<EventKind>? = nil,
            from: Int64 = 1,
            through: Int64 = .max
        ) throws -> [Int64] {
            try reader.events(connection: connection, kinds: kinds, from: from, through: through)
                .map(\.position)
        }
        #expect(try positions() == Array(1...10))
        #expect(try positions(2) == [4, 5, 6])
        #expect(try positions(3) == [7, 8, 9, 10])
        #expect(try positions(9) == [])
        #expect(try positions(nil, [.connectionOpened, .connectionClosed]) == [1, 3, 4, 6, 7, 9])
        #expect(try positions(3, [.frameReceived]) == [8])
        #expect(try positions(nil, []) == [])
        #expect(try positions(from: 4, through: 6) == [4, 5, 6])
        #expect(try positions(from: 10) == [10])
        #expect(try positions(from: 11) == [])
        #expect(try positions(from: .min, through: 0) == [])
        #expect(try positions(from: .max) == [])
        #expect(try reader.lastPosition() == 10)
        #expect(try reader.event(at: 5)?.header.connection == 2)
        #expect(try reader.event(at: 11) == nil)
        #expect(try reader.event(at: 0) == nil)
    }

    /// More than one query's worth, and holes wider than one, which only a damaged log has.
    @Test func goesOnOverSeveralQueriesAndHoles() throws {
        try writeLog(9_000, length: 1)
        #expect(try readAll(folder.log).map(\.position) == Array(1...9_000))
        try Database(path: folder.segment, flags: SQLITE_OPEN_READWRITE).execute(
            "DELETE FROM events WHERE position BETWEEN 2 AND 8999 AND position <> 4100",
            to: "change"
        )
        #expect(try readAll(folder.log).map(\.position) == [1, 4_100, 9_000])
    }

    @Test func stopsWhenTold() throws {
        try writeLog(10)
        var seen: [Int64] = []
        let reader = try LogReader(folder: folder.log)
        try reader.forEach { position, _, _, _ in
            seen.append(position)
            return position < 4
        }
        #expect(seen == [1, 2, 3, 4])
        #expect(throws: CancellationError.self) {
            try reader.forEach { _, _, _, _ in throw CancellationError() }
        }
        #expect(try reader.events().count == 10)
    }

    @Test func readsWhileAGatewayWrites() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        let observer = RecordingObserver()
        let reader = try LogReader(folder: folder.log)
        var next: Int64 = 1
        for turn in 0..<100 as Range<Int64> {
            let batch = EventBatch(chunks: 10, firstOrdinal: turn * 10 + 1)
            log.submit(batch, for: observer)
            try reader.forEach(from: next) { position, header, checksum, body in
                #expect(position == next && header.checksum(over: body) == checksum)
                next = position + 1
                return true
            }
        }
        observer.waitForAnswers(100)
        log.close()
        #expect(try reader.events(from: next).map(\.position) == Array(next..<1_001))
    }

    /// A reader inside a query holds the write-ahead log, not the writer.
    @Test func doesNotHoldUpTheWriter() throws {
        var tuning = WriterTuning()
        tuning.idleCheckpointBytes = 16 << 10
        tuning.idleDelay = 0
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal), tuning: tuning)
        log.append(EventBatch(chunks: 10))
        var turns: Int64 = 0
        try LogReader(folder: folder.log).forEach { _, _, _, _ in
            turns += 1
            let answer = log.append(EventBatch(chunks: 100, firstOrdinal: turns * 100))
            #expect(answer.failed.isEmpty)
            return true
        }
        log.close()
        #expect(turns == 10)
        #expect(try readAll(folder.log).count == 1_010)
    }

    /// A copy may lack SQLite's index, and nobody may be able to make one; what is only in the
    /// write-ahead log must be found all the same.
    @Test(arguments: [true, false])
    func readsACopy(withIndex: Bool) throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.append(EventBatch(chunks: 50))
        let copy = try folder.copyLog(to: "copy", withIndex: withIndex)
        log.close()
        #expect(try readAll(copy).count == 50)
    }

    @Test func readsACopyWithoutAnIndexOfItsOwn() throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.append(EventBatch(chunks: 50))
        let copy = try folder.copyLog(to: "copy")
        log.close()
        let before = try FileManager.default.contentsOfDirectory(atPath: copy).sorted()
        do {
            let alone = try Database.readingAlone(Segment(folder: copy, firstPosition: 1))
            #expect(try alone.integer("SELECT count(*) FROM events") == 50)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: copy).sorted() == before)
        #expect(try readAll(copy).count == 50)
    }

    /// The index cannot be made although the folder can be written: somebody may be at the file, so
    /// that it is not read without locks.
    @Test(arguments: [true, false])
    func keepsToLocksWhereTheFolderCanBeWritten(besideWriter: Bool) throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.append(EventBatch(chunks: 50))
        let copy = try folder.copyLog(to: "copy")
        log.close()
        let segment = Segment(folder: copy, firstPosition: 1)
        // SQLite follows no link there.
        try #require(symlink("elsewhere", "\(segment.path)-shm") == 0)
        let error = #expect(throws: StoreError.self) {
            _ = try Database.reading(segment, besideWriter: besideWriter)
        }
        #expect(error?.kind == .sqlite(SQLITE_CANTOPEN))
    }

    /// One who reads without locks leaves the write-ahead log where it is, even one that says nothing.
    @Test func leavesTheWriteAheadLog() throws {
        try writeLog(50)
        let copy = try folder.copyLog(to: "copy")
        let segment = Segment(folder: copy, firstPosition: 1)
        try Data(repeating: 0, count: 100).write(to: URL(fileURLWithPath: segment.walPath))
        do {
            let alone = try Database.readingAlone(segment)
            #expect(try alone.integer("SELECT count(*) FROM events") == 50)
        }
        #expect(try fileSize(segment.walPath) == 100)
    }

    @Test func readsAClosedLogWithoutLocks() throws {
        try writeLog(20)
        let odd = try folder.copyLog(to: "odd name?#%&é")
        let alone = try Database.readingAlone(Segment(folder: odd, firstPosition: 1))
        #expect(try alone.integer("SELECT count(*) FROM events") == 20)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: odd)
                == ["events-00000000000000000001.db"]
        )
    }

    /// Reading leaves no file beside a log that nobody writes, and changes none.
    @Test(arguments: ["closed", "copied", "copied with an index of no use"])
    func leavesNothingBesideALog(how: String) throws {
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.append(EventBatch(chunks: 50))
        let copy = try folder.copyLog(to: "copy", withIndex: how != "copied")
        log.close()
        let read = how == "closed" ? folder.log : copy
        let segment = Segment(folder: read, firstPosition: 1)
        if how == "copied with an index of no use" { unlink(segment.walPath) }
        func files() throws -> [String: Data] {
            let names = try FileManager.default.contentsOfDirectory(atPath: read)
            let pairs = try names.map {
                ($0, try Data(contentsOf: URL(fileURLWithPath: "\(read)/\($0)")))
            }
            return Dictionary(uniqueKeysWithValues: pairs)
        }
        let before = try files()
        let reader = try LogReader(folder: read)
        #expect(try reader.lastPosition() == (how == "copied with an index of no use" ? 0 : 50))
        #expect(try Int64(reader.events().count) == reader.lastPosition())
        #expect(try files() == before)
    }

    /// What is read without locks is looked at again when a gateway comes.
    @Test func noticesAGateway() throws {
        try writeLog(20)
        let alone = try SegmentReader(
            Segment(folder: folder.log, firstPosition: 1),
            besideWriter: false
        )
        #expect(!alone.mayBeChanging)
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        #expect(alone.mayBeChanging)
        let beside = try SegmentReader(
            Segment(folder: folder.log, firstPosition: 1),
            besideWriter: false
        )
        #expect(!beside.mayBeChanging)
        log.close()
    }

    @Test func givesWhatCanBeReadOfATruncatedSegment() throws {
        try writeLog(2_000, length: 100)
        let file = try #require(FileHandle(forUpdatingAtPath: folder.segment))
        let size = try file.seekToEnd()
        let pageBytes = UInt64(WriterTuning().pageBytes)
        try file.truncate(atOffset: size / 2 / pageBytes * pageBytes)
        try file.close()
        var last: Int64 = 0
        let reader = try LogReader(folder: folder.log)
        let error = #expect(throws: StoreError.self) {
            try reader.forEach { position, header, checksum, body in
                #expect(position == last + 1 && header.checksum(over: body) == checksum)
                last = position
                return true
            }
        }
        #expect(last > 500 && last < 2_000)
        #expect(error?.message.contains(folder.segment) == true)
        #expect(throws: StoreError.self) {
            try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        }
    }

    @Test func refusesAFolderWithoutALog() throws {
        let none = #expect(throws: StoreError.self) { try LogReader(folder: folder.path) }
        #expect(none?.kind == .noLog)
        let missing = #expect(throws: StoreError.self) { try LogReader(folder: folder.log) }
        #expect(missing?.kind == .io(ENOENT))
    }
}
