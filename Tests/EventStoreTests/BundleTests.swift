import CSQLite
import Events
import Foundation
import Glibc
import Testing

@testable import EventStore

/// Bundles: chosen connections' events in one file.
struct BundleTests {
    let folder: TemporaryFolder
    let rows: [RecordedEvent]

    init() throws {
        folder = try TemporaryFolder()
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.append(
            (0..<60 as Range<Int64>).map { index in
                let kind: EventKind = index < 3 ? .connectionOpened : .chunkReceived
                let connection = index % 3 + 1
                let header = EventHeader(
                    index == 59 ? .connectionClosed : kind,
                    connection: connection,
                    ordinal: index / 3 + 1,
                    at: 1_000 + index
                )
                return (header, "event \(index)")
            }
        )
        log.close()
        rows = try readAll(folder.log)
    }

    private var path: String { folder.path("it.bundle") }

    private func write(_ connections: Set<Int64>, _ facts: [BundleFact] = []) throws {
        let writer = try BundleWriter(path: path, replaces: true)
        for number in connections.sorted() {
            for row in rows where row.header.connection == number {
                try writer.append(
                    position: row.position,
                    row.header,
                    checksum: row.checksum,
                    row.body.span
                )
            }
        }
        try writer.finish(facts)
    }

    @Test(arguments: [[2], [1, 3], [1, 2, 3], []] as [Set<Int64>])
    func readsWhatWasWritten(connections: Set<Int64>) throws {
        try write(connections)
        let chosen = rows.filter { connections.contains($0.header.connection) }
        let reader = try LogReader(folder: path)
        #expect(reader.isBundle)
        #expect(try reader.events() == chosen)
        #expect(try reader.lastPosition() == chosen.last?.position ?? 0)
        for number in 0...4 as ClosedRange<Int64> {
            #expect(
                try reader.events(connection: number)
                    == chosen.filter { $0.header.connection == number }
            )
        }
        #expect(
            try reader.events(kinds: [.connectionOpened]).count == connections.count
        )
    }

    @Test func isASealedSegment() throws {
        try write([2, 3])
        let database = try Database.reading(Segment(alone: path))
        let record = try database.sealRecord()
        #expect(record.tail.position == 60)
        #expect(record.nextConnection == 4)
        #expect(record.open.connections == [2])
        #expect(
            try database.integer("SELECT journal_mode = 'delete' FROM pragma_journal_mode") == 1
        )
        let sound = "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"
        #expect(try database.integer(sound) == 1)
    }

    @Test func tellsItsFacts() throws {
        let facts = [BundleFact("redacted", "no"), BundleFact("verdict", connection: 2, "bound")]
        try write([2], facts)
        let told = try LogReader(folder: path).bundleFacts()
        #expect(told == [BundleFact("format", "1")] + facts)
        #expect(try LogReader(folder: folder.log).bundleFacts() == [])
        #expect(try !LogReader(folder: folder.log).isBundle)
    }

    @Test func aSegmentAloneIsReadToo() throws {
        let reader = try LogReader(folder: folder.segment)
        #expect(!reader.isBundle)
        #expect(try reader.events() == rows)
    }

    @Test func isClosedToOthersAndLeavesNoDraft() throws {
        try write([1])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
        func drafts() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .filter { $0.hasPrefix("it.bundle.") }
        }
        #expect(try drafts() == [])
        do {
            let writer = try BundleWriter(path: path, replaces: true)
            #expect(try drafts().count == 1)
            withExtendedLifetime(writer) {}
        }
        #expect(try drafts() == [])
        #expect(try LogReader(folder: path).events().count == 20)
    }

    @Test func replacesOnlyWhatItMay() throws {
        try write([1])
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        let error = #expect(throws: StoreError.self) { try BundleWriter(path: path) }
        #expect(error?.kind == .io(EEXIST))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        let file = try NewFile(path: path + "2", replaces: false)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path + "2"))
        #expect(throws: StoreError.self) { try file.keep() }
        #expect(try String(contentsOfFile: path + "2", encoding: .utf8) == "mine")
        #expect(throws: StoreError.self) { try NewFile(path: folder.log, replaces: true) }
        #expect(throws: StoreError.self) { try NewFile(path: "/nowhere/file", replaces: true) }
    }

    /// What is no bundle is refused with words that say so.
    @Test(
        arguments: [
            ("text", "no bundle"), ("empty", "no bundle"), ("foreign", "not a segment"),
            ("newer", "format 2"), ("newer bundle", "bundle of format 7"),
        ]
    )
    func refusesOthers(what: String, words: String) throws {
        let url = URL(fileURLWithPath: path)
        switch what {
        case "text": try Data(String(repeating: "a letter ", count: 200).utf8).write(to: url)
        case "empty": try Data().write(to: url)
        case "foreign":
            try Database(path, for: .create, patience: 0)
                .execute("CREATE TABLE events(x); PRAGMA user_version = 1", to: "make")
        case "newer":
            try write([1])
            try Database(path, for: .write, patience: 0)
                .execute("PRAGMA user_version = 2", to: "make")
        default:
            try write([1])
            try Database(path, for: .write, patience: 0)
                .execute("UPDATE bundle SET value = 7 WHERE name = 'format'", to: "make")
        }
        let error = #expect(throws: StoreError.self) { try LogReader(folder: path) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("it.bundle") == true)
    }
}
