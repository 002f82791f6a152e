import CSQLite
import Schema
import Testing

struct EventsSQLTests {
    private static func run(_ sql: String, _ database: OpaquePointer?) -> Int32 {
        sqlite3_exec(database, sql, nil, nil, nil)
    }

    @Test func makesTheTable() throws {
        var database: OpaquePointer?
        try #require(sqlite3_open(":memory:", &database) == SQLITE_OK)
        defer { sqlite3_close(database) }
        #expect(Self.run(Schema.eventsSQL, database) == SQLITE_OK)
        let row = "INSERT INTO events VALUES (1, 1, 1, 0, 0, 3, 1, 0, 42, x'7b7d')"
        #expect(Self.run(row, database) == SQLITE_OK)
        #expect(Self.run(row, database) == SQLITE_CONSTRAINT, "a position is taken once")
    }

    /// The table is strict: no column takes a value of another type.
    @Test(
        arguments: [
            "1, 1, 1, 0, 0, 3, 1, 0, 42, 'text'", "1, 1, 1, 0, 0, 3, 1, 0, 42, NULL",
            "1, 'x', 1, 0, 0, 3, 1, 0, 42, x''", "1, 1, 1, 0, 0, 3, 1, NULL, 42, x''",
        ]
    )
    func refusesOtherTypes(values: String) throws {
        var database: OpaquePointer?
        try #require(sqlite3_open(":memory:", &database) == SQLITE_OK)
        defer { sqlite3_close(database) }
        try #require(Self.run(Schema.eventsSQL, database) == SQLITE_OK)
        #expect(Self.run("INSERT INTO events VALUES (\(values))", database) == SQLITE_CONSTRAINT)
    }
}
