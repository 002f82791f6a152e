import CSQLite

/// Why a query cannot be run: its text is at fault, not the log.
public struct SQLViolation: Error, Equatable, CustomStringConvertible {
    /// SQLite's words.
    public let description: String

    init(description: String) { self.description = description }

    /// What the last call left in a connection.
    init(_ connection: OpaquePointer) {
        let text = sqlite3_errmsg(connection).map { String(cString: $0) } ?? "unknown error"
        self.init(
            description: sqlite3_errcode(connection) == SQLITE_AUTH
                ? "only a query is allowed here: \(text)" : text
        )
    }
}
