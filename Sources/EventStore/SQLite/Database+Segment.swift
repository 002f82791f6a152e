import CSQLite
import Glibc
import Schema

extension Database {
    /// Makes an empty file a segment, refuses any other file that is not one, and sets up the
    /// connection for writing. Nothing is written to a file before it is known to be a segment.
    func prepareSegment(sync: LogSync, tuning: WriterTuning) throws(StoreError) {
        // Asked to write what it may only read, SQLite opens it all the same.
        guard sqlite3_db_readonly(connection, "main") == 0 else {
            throw .system("write", path, EACCES)
        }
        let isEmpty = try isEmptyFile()
        if isEmpty {
            try execute("PRAGMA page_size = \(tuning.pageBytes)", to: "set up")
        } else {
            try checkFormat()
        }
        try execute("PRAGMA journal_mode = WAL", to: "set up")
        let level = sync == .full ? "FULL" : "NORMAL"
        try execute("PRAGMA synchronous = \(level)", to: "set up")
        if let pages = tuning.maximumPages {
            try execute("PRAGMA max_page_count = \(pages)", to: "set up")
        }
        if isEmpty { try createTables() }
    }

    /// Refuses a file that is not a segment, or has a format unknown here.
    func checkFormat() throws(StoreError) {
        guard try integer("PRAGMA application_id") == Segment.applicationID else {
            throw StoreError(.notALog, "\(path) is a database, but not a segment of an event log")
        }
        let format = try integer("PRAGMA user_version")
        guard format == Segment.format else {
            throw StoreError(
                .unknownFormat(format),
                "\(path) has format \(format); this version knows format \(Segment.format)"
            )
        }
    }

    /// True for a file without content, also one whose creation was cut short.
    private func isEmptyFile() throws(StoreError) -> Bool {
        let marks = try integer("PRAGMA application_id") | integer("PRAGMA user_version")
        let tables = try integer("SELECT count(*) FROM sqlite_schema")
        return marks == 0 && tables == 0
    }

    private func createTables() throws(StoreError) {
        let marks = """
            PRAGMA application_id = \(Segment.applicationID);
            PRAGMA user_version = \(Segment.format);
            """
        try execute("BEGIN IMMEDIATE;\n\(Schema.eventsSQL)\n\(marks)\nCOMMIT;", to: "set up")
    }
}
