import CSQLite
import Events
import Foundation
import Testing

@testable import EventStore

struct LogQueryTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.fillThreeSegments()
    }

    private func rows(_ sql: String) throws -> [[SQLValue]] {
        let query = try LogQuery(sql, over: LogReader(folder: folder.log))
        var rows: [[SQLValue]] = []
        while let row = try query.next() { rows.append(row) }
        return rows
    }

    /// What a query gives does not depend on which conditions the log itself sees to, nor on what is sealed.
    @Test(
        arguments: [
            "true", "position = 31", "position IN (1, 30, 31, 90, 91)",
            "position > 29 AND position < 32",
            "position >= 60 AND position <= 61", "position BETWEEN 5 AND 4", "position > 88.5",
            "position = 'x'", "position IS NULL",
            "position > 9223372036854775807",
            "position < -9223372036854775807 - 1", "rowid = 17", "connection = 2",
            "connection = 2 AND position > 60", "connection IN (1, 3)", "connection = 99",
            "connection = 2 AND kind = 4", "kind = 4", "kind = 8", "kind IN (4, 8)", "kind = 300",
            "kind = 4 OR connection = 1", "at BETWEEN 10 AND 70", "body = CAST('event 7' AS BLOB)",
        ]
    )
    func conditions(condition: String) throws {
        let all = try rows("SELECT position, connection, kind, at, body FROM events")
        #expect(all.count == 90)
        // A sum is not a column: no condition on it goes to the log.
        var plain = condition
        for column in ["position", "connection", "kind", "rowid"] {
            let name = column == "rowid" ? "position" : column
            plain = plain.replacing(column, with: "(+\(name))")
        }
        let order = " ORDER BY (+position)"
        let expected = try rows("SELECT position FROM events WHERE " + plain + order)
        #expect(try rows("SELECT position FROM events WHERE " + condition + order) == expected)
        try folder.seal(31)
        try folder.seal(61)
        #expect(try rows("SELECT position FROM events WHERE " + condition + order) == expected)
    }

    @Test func givesTheColumns() throws {
        let query = try LogQuery("SELECT * FROM events", over: LogReader(folder: folder.log))
        #expect(
            query.columns.joined(separator: " ")
                == "position connection ordinal cause at kind version detail checksum body"
        )
        let first = try query.next()
        #expect(first?.prefix(8) == [1, 1, 1, 0, 0, 4, 1, 0].map { SQLValue.integer($0) }[...])
        #expect(first?.last == .blob(Array("event 0".utf8)))
        #expect(
            try rows("SELECT NULL, 1.5, 'text', x'00ff', 7")
                == [[.null, .real(1.5), .text("text"), .blob([0, 255]), .integer(7)]]
        )
    }

    /// Text that is a number equals it, as in any column of numbers.
    @Test func affinity() throws {
        #expect(try rows("SELECT position FROM events WHERE position = '31'") == [[.integer(31)]])
    }

    @Test func orders() throws {
        let down = try rows("SELECT position FROM events ORDER BY position DESC")
        #expect(down == (1...90).reversed().map { [.integer($0)] })
        let up = try rows(
            "SELECT position FROM events WHERE connection IN (3, 1) ORDER BY position"
        )
        #expect(up == (1...90).filter { $0 % 3 != 2 }.map { [.integer($0)] })
    }

    /// Each row finds the one before it in its connection, over segments.
    @Test func joins() throws {
        let sql = """
            SELECT count(*), sum(later.position - earlier.position)
            FROM events AS later JOIN events AS earlier
                ON earlier.connection = later.connection AND earlier.ordinal = later.ordinal - 1
            """
        #expect(try rows(sql) == [[.integer(87), .integer(261)]])
    }

    /// A query sees the log as it was at its beginning.
    @Test func seesAMoment() throws {
        let query = try LogQuery("SELECT position FROM events", over: LogReader(folder: folder.log))
        #expect(try query.next() == [.integer(1)])
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .normal))
        log.append(EventBatch(chunks: 5))
        log.close()
        var count = 1
        while try query.next() != nil { count += 1 }
        #expect(count == 90)
        #expect(try rows("SELECT max(position) FROM events").first != [.integer(90)])
    }

    /// What retention removes meanwhile is passed over.
    @Test func segmentsThatAreRemoved() throws {
        let query = try LogQuery("SELECT position FROM events", over: LogReader(folder: folder.log))
        #expect(try query.next() == [.integer(1)])
        var rest = 0
        unlink(folder.segment(31))
        unlink(folder.segment(1))
        while try query.next() != nil { rest += 1 }
        #expect(rest == 29 + 30)
    }

    @Test func damage() throws {
        let file = try #require(FileHandle(forUpdatingAtPath: folder.segment(61)))
        try file.truncate(atOffset: 100)
        try file.write(contentsOf: Data(repeating: 0xAB, count: 9_000))
        try file.close()
        #expect(throws: StoreError.self) { try rows("SELECT sum(length(body)) FROM events") }
    }

    /// What cannot be read is passed over and named, when that is wanted.
    @Test(arguments: [1, 31, 61] as [Int64], ["overwritten", "cut", "gone"])
    func passesOverDamage(first: Int64, how: String) throws {
        let path = folder.segment(first)
        chmod(path, 0o600)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        switch how {
        case "overwritten":
            let rest = Data(repeating: 0xAB, count: whole.count - 4_096)
            try (whole.prefix(4_096) + rest).write(to: URL(fileURLWithPath: path))
        case "cut": try whole.prefix(5_000).write(to: URL(fileURLWithPath: path))
        default: try Data("nothing".utf8).write(to: URL(fileURLWithPath: path))
        }
        let log = try LogReader(folder: folder.log)
        log.skipsDamage = true
        let query = try LogQuery("SELECT position FROM events", over: log)
        var found: [SQLValue] = []
        while let row = try query.next() { found += row }
        let others = (1...90 as ClosedRange<Int64>).filter { !(first..<first + 30 ~= $0) }
        #expect(found == others.map { .integer($0) })
        #expect(log.hasRead)
        #expect(log.damage.map(\.from) == [first])
        #expect(log.damage.first?.through == (first == 61 ? nil : first + 29))
    }

    /// Functions that are tables are there as in any query.
    @Test func tablesOfFunctions() throws {
        let sql = "SELECT count(*), sum(value) FROM events, json_each('[1, 2]') WHERE position < 4"
        #expect(try rows(sql) == [[.integer(6), .integer(9)]])
    }

    @Test(
        arguments: [
            "INSERT INTO events(position) VALUES(1)", "UPDATE events SET kind = 1",
            "DELETE FROM events", "DROP TABLE events", "CREATE TABLE x(a)",
            "CREATE TEMP TABLE x(a)", "CREATE VIEW x AS SELECT 1", "ATTACH 'file.db' AS x",
            "DETACH main", "PRAGMA journal_mode", "PRAGMA query_only = OFF", "VACUUM",
            "VACUUM INTO 'file.db'", "BEGIN", "COMMIT", "SAVEPOINT x", "REINDEX", "ANALYZE",
            "SELECT load_extension('x')", "SELECT LOAD_EXTENSION('x')",
            "SELECT * FROM pragma_table_info('events')", "", " -- nothing", "SELECT", "nonsense",
            "SELECT 1; SELECT 2", "SELECT 1; DELETE FROM events", "SELECT * FROM nothing",
            "CREATE VIRTUAL TABLE x USING events",
        ]
    )
    func refuses(sql: String) throws {
        #expect(throws: SQLViolation.self) { try rows(sql) }
        #expect(try rows("SELECT count(*) FROM events;  -- all") == [[.integer(90)]])
    }

    @Test func failsWhileItRuns() {
        #expect(throws: SQLViolation.self) { try rows("SELECT json_extract('{', '$') FROM events") }
    }

    @Test func positionsByTime() throws {
        let reader = try LogReader(folder: folder.log)
        #expect(try reader.position(notBefore: 0) == 1)
        #expect(try reader.position(notBefore: 29) == 1)
        #expect(try reader.position(notBefore: 30) == 31)
        #expect(try reader.position(notBefore: 80) == 31)
        try folder.seal(31)
        try folder.seal(61)
        #expect(try LogReader(folder: folder.log).position(notBefore: 80) == 61)
        #expect(try LogReader(folder: folder.log).position(notBefore: .max) == 91)
    }

    /// Numbers that only damage can bring.
    @Test func impossibleEnd() throws {
        for first in [31, 61] as [Int64] { try folder.seal(first) }
        chmod(folder.segment(61), 0o600)
        try Database(path: folder.segment(61), flags: SQLITE_OPEN_READWRITE)
            .execute("UPDATE seal SET last_position = 9223372036854775807", to: "change")
        let reader = try LogReader(folder: folder.log)
        reader.skipsDamage = true
        let first = try reader.position(notBefore: .max)
        #expect(try reader.events(from: first).count <= 90)
    }
}
