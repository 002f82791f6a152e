import CSQLite
import Foundation
import Schema

@testable import EventStore

/// Makes logs of several segments out of logs of one, as rolling and sealing do.
extension TemporaryFolder {
    /// The path of the segment that begins at a position.
    func segment(_ first: Int64) -> String { Segment(folder: log, firstPosition: first).path }

    /// Moves the rows from a position on into a segment of their own.
    func roll(at first: Int64) throws {
        let segments = try LogFolder(path: log).segments()
        guard let last = segments.last(where: { $0.firstPosition < first }) else { return }
        let path = segment(first)
        try Data().write(to: URL(fileURLWithPath: path))
        let next = try Database(path: path, flags: SQLITE_OPEN_READWRITE)
        try next.prepareSegment(sync: .normal, tuning: WriterTuning())
        try next.execute("ATTACH '\(last.path)' AS before", to: "change")
        try next.execute(
            """
            INSERT INTO main.events SELECT * FROM before.events WHERE position >= \(first);
            DELETE FROM before.events WHERE position >= \(first);
            """,
            to: "change"
        )
    }

    /// Seals a segment that nobody writes.
    func seal(_ first: Int64) throws {
        let path = segment(first)
        do {
            let database = try Database(path: path, flags: SQLITE_OPEN_READWRITE)
            try database.execute(
                """
                BEGIN;
                \(Schema.sealSQL)
                INSERT INTO seal SELECT max(position), max(connection) + 1,
                    coalesce(max(ordinal) FILTER (WHERE connection = 0), 0), min(at), max(at) FROM events;
                COMMIT;
                PRAGMA wal_checkpoint(TRUNCATE);
                PRAGMA journal_mode = DELETE;
                """,
                to: "change"
            )
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
    }
}
