import SeededNumbers
import CSQLite
import Events
import Foundation
import Glibc
import Testing

@testable import EventStore

/// What is left of a log whose files are torn, cut, overwritten or missing can be read, and what is missing
/// is named.
struct DamagedLogTests {
    let folder: TemporaryFolder
    let rows: [RecordedEvent]
    private static let length = 900 as Int64

    /// Nine hundred events of three connections: segments from 1, 301 and 601, the first two sealed.
    init() throws {
        folder = try TemporaryFolder()
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        let events = (0..<Self.length as Range<Int64>).map { index in
            let kind: EventKind = index < 3 ? .connectionOpened : .chunkReceived
            let header = EventHeader(
                kind,
                connection: index % 3 + 1,
                ordinal: index / 3 + 1,
                at: index
            )
            return (header, String(repeating: "event \(index) ", count: index % 100 == 7 ? 900 : 9))
        }
        log.append(events)
        log.close()
        try folder.roll(at: 301)
        try folder.roll(at: 601)
        try folder.seal(1)
        try folder.seal(301)
        rows = try readAll(folder.log)
        for first in [1, 301, 601] as [Int64] { chmod(folder.segment(first), 0o600) }
    }

    private func read(
        _ connection: Int64? = nil
    ) throws -> (events: [RecordedEvent], reader: LogReader) {
        let reader = try LogReader(folder: folder.log)
        reader.skipsDamage = true
        return (try reader.events(connection: connection), reader)
    }

    /// Every event is either given as it was, or named as missing.
    private func expectAllAccountedFor(
        _ words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let (found, reader) = try read()
        let given = Set(found.map(\.position))
        #expect(given.count == found.count, "\(words)", sourceLocation: sourceLocation)
        let intact = found.filter(\.isIntact)
        let asTheyWere = intact.filter { $0 == rows[Int($0.position) - 1] }
        #expect(asTheyWere.count == intact.count, "\(words)", sourceLocation: sourceLocation)
        let lost = rows.map(\.position).filter { position in
            !given.contains(position)
                && !reader.damage.contains { $0.from...($0.through ?? .max) ~= position }
        }
        #expect(lost == [], "\(words): \(reader.damage)", sourceLocation: sourceLocation)
        for connection in 1...3 as ClosedRange<Int64> {
            let own = try read(connection).events
            let expected = found.filter { $0.header.connection == connection }
            #expect(
                own.map(\.position) == expected.map(\.position),
                "\(words)",
                sourceLocation: sourceLocation
            )
        }
    }

    @Test func aSoundLogHasNoDamage() throws {
        let (found, reader) = try read()
        #expect(found == rows)
        #expect(reader.damage == [])
        #expect(reader.hasRead)
    }

    /// Cut at every page and within pages.
    @Test(arguments: [1, 301, 601] as [Int64])
    func aSegmentIsCut(first: Int64) throws {
        let path = folder.segment(first)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        for size in stride(from: 4_096, to: whole.count, by: 4_096) {
            for part in [size, size + 1_733] where part < whole.count {
                try whole.prefix(part).write(to: URL(fileURLWithPath: path))
                try expectAllAccountedFor("\(first) cut to \(part)")
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == whole.prefix(part))
            }
        }
    }

    /// What stands before the first whole page is no database at all.
    @Test(arguments: [1, 301, 601] as [Int64], [0, 1, 15, 16, 99, 100, 4_095])
    func aSegmentHasNoPage(first: Int64, size: Int) throws {
        let path = folder.segment(first)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try whole.prefix(size).write(to: URL(fileURLWithPath: path))
        let (found, reader) = try read()
        #expect(found == rows.filter { !(first..<first + 300 ~= $0.position) })
        #expect(reader.damage.map(\.from) == [first])
        #expect(reader.damage.first?.through == (first == 601 ? nil : first + 299))
        #expect(reader.damage.first?.file == path)
    }

    /// Overwritten at random.
    @Test(arguments: 0..<60 as Range<UInt64>)
    func aSegmentIsOverwritten(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let first = [1, 301, 601][Int.random(in: 0..<3, using: &random)] as Int64
        let path = folder.segment(first)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        // From the second page on: the first says whether it is a segment.
        let start = Int.random(in: 4_096..<bytes.count - 1, using: &random)
        let end = min(bytes.count, start + Int.random(in: 1...9_000, using: &random))
        for index in start..<end { bytes[index] = UInt8.random(in: 0...255, using: &random) }
        try bytes.write(to: URL(fileURLWithPath: path))
        // Whatever numbers stand where positions were, it ends, and nothing is written.
        let (found, _) = try read()
        #expect(found.count >= 500)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }

    @Test(arguments: ["missing", "text", "folder", "foreign"])
    func theMiddleIsGone(how: String) throws {
        let path = folder.segment(301)
        unlink(path)
        switch how {
        case "text":
            try Data(String(repeating: "text ", count: 999).utf8).write(
                to: .init(fileURLWithPath: path)
            )
        case "folder": mkdir(path, 0o700)
        case "foreign":
            try Database(path, for: .create, patience: 0).execute("CREATE TABLE a(b)", to: "make")
        default: break
        }
        let (found, reader) = try read()
        #expect(found == rows.filter { !(301...600 ~= $0.position) })
        #expect(reader.damage.count == 1)
        let damage = try #require(reader.damage.first)
        #expect(damage.from == 301 && damage.through == 600)
        #expect(damage.file == (how == "missing" ? nil : path))
        #expect("\(damage)".contains("positions 301 to 600"))
        #expect(try read(2).events == found.filter { $0.header.connection == 2 })
    }

    @Test func theEndIsGone() throws {
        unlink(folder.segment(601))
        let (found, _) = try read()
        #expect(found == rows.filter { $0.position <= 600 })
    }

    @Test func nothingIsLeft() throws {
        for first in [1, 301, 601] as [Int64] {
            try Data("nothing".utf8).write(to: URL(fileURLWithPath: folder.segment(first)))
        }
        let (found, reader) = try read()
        #expect(found == [])
        #expect(!reader.hasRead)
        #expect(reader.damage.map(\.from) == [1, 301, 601])
    }

    /// Without the setting the first damage ends the reading, as before.
    @Test func isAnErrorByDefault() throws {
        try Data("nothing".utf8).write(to: URL(fileURLWithPath: folder.segment(301)))
        var seen: Int64 = 0
        #expect(throws: StoreError.self) {
            try LogReader(folder: folder.log).forEach { position, _, _, _ in
                seen = position
                return true
            }
        }
        #expect(seen == 300)
    }
}
