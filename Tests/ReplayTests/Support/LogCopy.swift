import CSQLite
import Foundation
import Glibc
import Testing

/// A copy of the log that the tests of Postmortem keep, to be read or damaged.
final class LogCopy {
    let folder: String

    init() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let original = tests.appendingPathComponent("PostmortemTests/Fixtures/log-v1")
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("replay-log-\(UUID().uuidString)").path
        try FileManager.default.copyItem(atPath: original.path, toPath: folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var segment: String { folder + "/events-00000000000000000001.db" }

    /// Changes the log as no gateway does.
    func change(_ sql: String) throws {
        var database: OpaquePointer?
        try #require(sqlite3_open(segment, &database) == SQLITE_OK)
        defer { sqlite3_close(database) }
        try #require(sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK)
    }

    /// Takes the rows after a position out of the log.
    func move(after position: Int) throws {
        try change(
            """
            ATTACH '\(folder)/moved' AS moved;
            CREATE TABLE moved.events AS SELECT * FROM main.events WHERE position > \(position);
            DELETE FROM main.events WHERE position > \(position);
            """
        )
    }

    /// Puts them back.
    func moveBack() throws {
        try change(
            """
            ATTACH '\(folder)/moved' AS moved;
            INSERT INTO main.events SELECT * FROM moved.events;
            """
        )
    }
}
