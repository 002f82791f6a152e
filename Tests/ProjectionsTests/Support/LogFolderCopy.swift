import CSQLite
import Foundation
import Schema
import Testing

@testable import Projections

/// A copy of the log that the tests of Postmortem keep, to be cut into segments, sealed or damaged.
final class LogFolderCopy {
    let path: String

    init() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let original = tests.appendingPathComponent("PostmortemTests/Fixtures/log-v1")
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("projections-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let name = "events-00000000000000000001.db"
        try FileManager.default.copyItem(
            at: original.appendingPathComponent(name),
            to: URL(fileURLWithPath: "\(path)/\(name)")
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var projections: String { "\(path)/projections.db" }

    func segment(_ first: Int64) -> String {
        let digits = String(first)
        return "\(path)/events-\(String(repeating: "0", count: 20 - digits.count))\(digits).db"
    }

    /// Cuts the log in two.
    func split(after position: Int64) throws {
        let next = segment(position + 1)
        try change(
            next,
            """
            \(Schema.eventsSQL)
            PRAGMA application_id = 0x47574C47;
            PRAGMA user_version = 1;
            ATTACH '\(segment(1))' AS before;
            INSERT INTO main.events SELECT * FROM before.events WHERE position > \(position);
            DELETE FROM before.events WHERE position > \(position);
            """
        )
    }

    /// Seals a segment as a gateway does.
    func seal(_ first: Int64) throws {
        try change(
            segment(first),
            """
            BEGIN;
            \(Schema.sealSQL)
            INSERT INTO seal SELECT max(position), 5, 2, min(at), max(at) FROM events;
            INSERT INTO open_streams SELECT connection, 1, max(ordinal), 0, 1 FROM events
                WHERE connection > 0 GROUP BY connection;
            COMMIT;
            PRAGMA journal_mode = DELETE;
            """
        )
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o400],
            ofItemAtPath: segment(first)
        )
    }

    /// Removes rows of a sealed segment, as only damage does.
    func remove(_ positions: ClosedRange<Int64>, from first: Int64) throws {
        chmod(segment(first), 0o600)
        let range = "\(positions.lowerBound) AND \(positions.upperBound)"
        try change(segment(first), "DELETE FROM events WHERE position BETWEEN \(range)")
        chmod(segment(first), 0o400)
    }

    /// Tells a file from one that has taken its place.
    func fileNumber(_ file: String) throws -> UInt64 {
        var status = stat()
        try #require(stat(file, &status) == 0)
        return UInt64(status.st_ino)
    }

    /// Changes a file as no gateway does.
    func change(_ file: String, _ sql: String) throws {
        var database: OpaquePointer?
        try #require(sqlite3_open(file, &database) == SQLITE_OK)
        defer { sqlite3_close(database) }
        try #require(sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK)
    }

    /// Rows of the projections, their columns joined by `|`.
    func rows(_ sql: String) throws -> [String] {
        var database: OpaquePointer?
        try #require(sqlite3_open(projections, &database) == SQLITE_OK)
        defer { sqlite3_close(database) }
        var statement: OpaquePointer?
        try #require(sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK)
        defer { sqlite3_finalize(statement) }
        var rows: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            let columns = (0..<sqlite3_column_count(statement)).map { column in
                sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
            }
            rows.append(columns.joined(separator: "|"))
        }
        return rows
    }

    /// All that the projections hold.
    func dump() throws -> [String] {
        try ["projection", "connections", "bindings", "turns"]
            .flatMap { try rows("SELECT '\($0)', * FROM \($0) ORDER BY 2") }
    }
}

extension ProjectionsError {
    var isInUse: Bool {
        if case .inUse = self { true } else { false }
    }
}
