import CSQLite

/// A connection to one SQLite file, owned by one thread at a time (`SQLITE_OPEN_NOMUTEX`).
package struct Database: ~Copyable {
    let connection: OpaquePointer

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - patience: how long a statement waits for another's lock, ms.
    ///   - system: the name of SQLite's file layer ("VFS"), nil for the usual one.
    init(
        path: String,
        flags: Int32,
        patience: Int32 = 0,
        system: String? = nil
    ) throws(StoreError) {
        Self.setUp
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, system)
        guard code == SQLITE_OK, let connection = opened else {
            let error = StoreError.sqlite("open", path, opened)
            sqlite3_close_v2(opened)
            throw error
        }
        sqlite3_extended_result_codes(connection, 1)
        sqlite3_busy_timeout(connection, patience)
        self.connection = connection
    }

    /// SQLite counts its memory under one lock for all threads, and nobody asks for the count. Without
    /// effect when the process has used SQLite before.
    private static let setUp: Void = { _ = csqlite_no_memory_statistics() }()

    // Statements may be released later: SQLite closes the file with the last of them.
    deinit { sqlite3_close_v2(connection) }

    /// Runs statements that give no rows, or whose rows do not matter.
    package func execute(_ sql: String, to action: String) throws(StoreError) {
        guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
            throw .sqlite(action, connection)
        }
    }

    /// The statement, compiled to be kept.
    package func prepare(_ sql: String) throws(StoreError) -> Statement {
        try Statement(sql, on: connection)
    }

    /// The first column of a query's first row; 0 for NULL or when there is no row.
    package func integer(_ sql: String) throws(StoreError) -> Int64 {
        let statement = try prepare(sql)
        return try statement.step(to: "read") ? statement.integer(0) : 0
    }

    /// The file's name.
    package var path: String {
        sqlite3_db_filename(connection, "main").map { String(cString: $0) } ?? ""
    }

    /// Whether no transaction is open.
    var isIdle: Bool { sqlite3_get_autocommit(connection) != 0 }
}
