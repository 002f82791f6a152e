import CSQLite
import Foundation
import Testing

@testable import EventStore

struct LogFolderTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open() throws(StoreError) -> EventLog {
        try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
    }

    private func makeFolder() throws {
        try FileManager.default.createDirectory(
            atPath: folder.log,
            withIntermediateDirectories: false
        )
    }

    @Test func onlyTheOwnerMayLook() throws {
        let log = try open()
        log.append(EventBatch(chunks: 1))
        func rights(_ path: String) throws -> Int? {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            return (attributes[.posixPermissions] as? NSNumber)?.intValue
        }
        #expect(try rights(folder.log) == 0o700)
        // The file for the next segment may be just in the making.
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.log).filter {
            !$0.hasPrefix("next.db.new")
        }
        #expect((4...5).contains(files.count))
        for file in files { #expect(try rights("\(folder.log)/\(file)") == 0o600, "\(file)") }
        log.close()
    }

    @Test func aFolderServesOneLog() throws {
        let log = try open()
        let error = #expect(throws: StoreError.self) { try open() }
        #expect(error?.kind == .locked(pid: getpid()))
        #expect(error?.message.contains("\(getpid())") == true)
        #expect(error?.message.contains(folder.log) == true)
        log.close()
        try open().close()
    }

    @Test func theLockOfADeadProcessIsNone() throws {
        try makeFolder()
        try Data("99999999\n".utf8).write(to: URL(fileURLWithPath: folder.path("log/gateway.lock")))
        try open().close()
    }

    /// What stands in the lock file is only for the message.
    @Test(arguments: ["", "x", "123456789012345678901234567890", "12\n34"])
    func anyLockFileCanBeRead(content: String) throws {
        let log = try open()
        let path = folder.path("log/gateway.lock")
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: Data(content.utf8))
        let error = #expect(throws: StoreError.self) { try open() }
        #expect(error?.kind == .locked(pid: content.hasPrefix("12\n") ? 12 : nil))
        log.close()
    }

    @Test func aFileIsNotAFolder() throws {
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder.log))
        let error = #expect(throws: StoreError.self) { try open() }
        #expect(error?.kind == .io(ENOTDIR))
    }

    @Test func theFolderAboveMustBeThere() {
        let error = #expect(throws: StoreError.self) {
            try EventLog.open(folder: folder.path("a/b"), LogOptions(sync: .normal))
        }
        #expect(error?.kind == .io(ENOENT))
        #expect(error?.message.contains("a/b") == true)
    }

    @Test(arguments: [2, 100, 5_000])
    func aForeignFileIsRefusedAndLeftAlone(size: Int) throws {
        try makeFolder()
        let content = Data(repeating: UInt8(ascii: "x"), count: size)
        try content.write(to: URL(fileURLWithPath: folder.segment))
        let error = #expect(throws: StoreError.self) { try open() }
        #expect(error?.kind == .notALog)
        #expect(error?.message.contains(folder.segment) == true)
        #expect(throws: StoreError.self) { try readAll(folder.log) }
        #expect(FileManager.default.contents(atPath: folder.segment) == content)
    }

    @Test func aForeignDatabaseIsRefusedAndLeftAlone() throws {
        try makeFolder()
        try execute("CREATE TABLE events(position INTEGER PRIMARY KEY)")
        let content = FileManager.default.contents(atPath: folder.segment)
        let error = #expect(throws: StoreError.self) { try open() }
        #expect(error?.kind == .notALog)
        let reading = #expect(throws: StoreError.self) { try readAll(folder.log) }
        #expect(reading?.kind == .notALog)
        #expect(FileManager.default.contents(atPath: folder.segment) == content)
    }

    /// Otherwise the log would open and fail at its first event.
    @Test func aFileThatCannotBeWrittenIsRefused() throws {
        try open().close()
        let database = try Database(path: folder.segment, flags: SQLITE_OPEN_READONLY)
        do throws(StoreError) {
            try database.prepareSegment(sync: .normal, tuning: WriterTuning())
            Issue.record("not refused")
        } catch {
            #expect(error.kind == .io(EACCES))
        }
    }

    @Test func anUnknownFormatIsRefused() throws {
        try open().close()
        try execute("PRAGMA user_version = 2")
        let error = #expect(throws: StoreError.self) { try open() }
        #expect(error?.kind == .unknownFormat(2))
        let reading = #expect(throws: StoreError.self) { try readAll(folder.log) }
        #expect(reading?.kind == .unknownFormat(2))
    }

    /// The creation of a segment can be cut short at any step.
    @Test(arguments: ["", "PRAGMA journal_mode = WAL"])
    func aHalfMadeSegmentIsFinished(made: String) throws {
        try makeFolder()
        try Data().write(to: URL(fileURLWithPath: folder.segment))
        if !made.isEmpty { try execute(made) }
        let log = try open()
        log.append(EventBatch(chunks: 1))
        log.close()
        #expect(try readAll(folder.log).count == 1)
    }

    @Test func theNewestSegmentIsWritten() throws {
        try makeFolder()
        let names = [1, 1_001].map { Segment(folder: folder.log, firstPosition: $0) }
        for segment in names {
            try segment.make(in: LogFolder(path: folder.log), tuning: WriterTuning())
            let writer = try SegmentWriter(segment, sync: .normal, tuning: WriterTuning())
            try writer.append(CollectionOfOne(EventBatch(chunks: 1_000)))
        }
        let log = try open()
        #expect(log.recovered.lastPosition == 2_000)
        log.append(EventBatch(chunks: 1))
        log.close()
        #expect(try readAll(folder.log).map(\.position) == Array(1...2_001))
        let late = try LogReader(folder: folder.log).events(from: 999, through: 1_002)
        #expect(late.map(\.position) == Array(999...1_002))
    }

    @Test(arguments: [
        ("events-00000000000000000001.db", 1 as Int64?),
        ("events-09223372036854775807.db", .max),
        ("events-09223372036854775808.db", nil),
        ("events-00000000000000000000.db", nil),
        ("events-0000000000000000001.db", nil),
        ("events-000000000000000000+1.db", nil),
        ("events-00000000000000000001.db-wal", nil),
        ("projections.db", nil),
        ("", nil),
    ])
    func aSegmentIsNamedByItsFirstPosition(name: String, first: Int64?) {
        let segment = Segment(folder: "/log", name: name)
        #expect(segment?.firstPosition == first)
        if let first { #expect(segment == Segment(folder: "/log", firstPosition: first)) }
    }

    private func execute(_ sql: String) throws {
        try Database(path: folder.segment, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
            .execute(sql, to: "change")
    }
}
