import CSQLite

/// A query in SQL over all events of a log, as one table `events` with the columns of a segment's.
///
/// It runs on a database in memory to which the log is a virtual table (`EventsTable`), so that
/// the number of segments does not matter. It sees the events that are there at its beginning, also while
/// a gateway writes. Nothing can be changed: segments are opened read-only, and of statements only
/// those are allowed that select.
public final class LogQuery {
    /// Names of the columns, as SQLite gives them.
    public let columns: [String]

    private let database: Database
    private let statement: OpaquePointer
    private let source: EventsSource

    /// Prepares a query. Throws ``SQLViolation`` for what is no single SELECT, and ``StoreError`` when
    /// the log's end cannot be found.
    public init(_ sql: String, over log: LogReader) throws {
        source = EventsSource(log)
        database = try Database(path: ":memory:", flags: SQLITE_OPEN_READWRITE)
        try EventsTable.register(source, on: database)
        // Such tables come to be at their first use, by a CREATE TABLE.
        _ = try database.prepare("SELECT 1 FROM events")
        _ = try? database.prepare("SELECT 1 FROM json_each('[]'), json_tree('[]')")
        sqlite3_set_authorizer(database.connection, Self.authorize, nil)
        let found = try Self.prepare(sql, database)
        statement = found
        columns = (0..<sqlite3_column_count(found)).map { column in
            sqlite3_column_name(found, column).map { String(cString: $0) } ?? "\(column)"
        }
    }

    deinit { sqlite3_finalize(statement) }

    /// The next row; nil: there is none. Throws ``StoreError`` when the log cannot be read any further,
    /// and ``SQLViolation`` when the query fails for another reason.
    public func next() throws -> [SQLValue]? {
        switch sqlite3_step(statement) {
        case SQLITE_ROW:
            return (0..<sqlite3_column_count(statement)).map { SQLValue(statement, $0) }
        case SQLITE_DONE: return nil
        default:
            if let failure = source.failure { throw failure }
            throw SQLViolation(database.connection)
        }
    }

    private static func prepare(
        _ sql: String,
        _ database: borrowing Database
    ) throws -> OpaquePointer {
        var compiled: OpaquePointer?
        var trailing: OpaquePointer?
        let code = sql.withCString { text in
            var rest: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(database.connection, text, -1, &compiled, &rest)
            guard code == SQLITE_OK, compiled != nil else { return code }
            return sqlite3_prepare_v2(database.connection, rest, -1, &trailing, nil)
        }
        if let trailing {
            sqlite3_finalize(trailing)
            sqlite3_finalize(compiled)
            throw SQLViolation(description: "more than one statement")
        }
        guard code == SQLITE_OK else {
            sqlite3_finalize(compiled)
            throw SQLViolation(database.connection)
        }
        guard let compiled else { throw SQLViolation(description: "no statement") }
        guard sqlite3_column_count(compiled) > 0 else {
            sqlite3_finalize(compiled)
            throw SQLViolation(description: "only a query is allowed here")
        }
        return compiled
    }

    /// Reading, and nothing else: no ATTACH, no PRAGMA, no transaction. There is no function that writes but
    /// those that load code.
    private static let authorize:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
            UnsafePointer<CChar>?, UnsafePointer<CChar>?
        ) -> Int32 = { _, action, _, name, _, _ in
            switch action {
            case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
            case SQLITE_FUNCTION:
                return name.map { String(cString: $0).lowercased() } == "load_extension"
                    ? SQLITE_DENY : SQLITE_OK
            default: return SQLITE_DENY
            }
        }
}
