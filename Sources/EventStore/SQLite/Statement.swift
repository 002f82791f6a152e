import CSQLite

/// A compiled statement of one connection.
package struct Statement: ~Copyable {
    let pointer: OpaquePointer

    init(_ sql: String, on connection: OpaquePointer) throws(StoreError) {
        var compiled: OpaquePointer?
        let persistent = UInt32(SQLITE_PREPARE_PERSISTENT)
        let code = sqlite3_prepare_v3(connection, sql, -1, persistent, &compiled, nil)
        guard code == SQLITE_OK, let compiled else { throw .sqlite("read", connection) }
        pointer = compiled
    }

    deinit { sqlite3_finalize(pointer) }

    /// Goes to the next row; false: there is none, and the statement is ready to run again.
    package func step(to action: String) throws(StoreError) -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW:
            return true
        case SQLITE_DONE:
            sqlite3_reset(pointer)
            return false
        default:
            let error = StoreError.sqlite(action, sqlite3_db_handle(pointer))
            sqlite3_reset(pointer)
            throw error
        }
    }

    /// Runs to the end, rows ignored; the statement is ready to run again.
    package func run(to action: String) throws(StoreError) {
        while try step(to: action) {}
    }

    /// Lets go of the rows not read, and with them of the read transaction.
    package func reset() { sqlite3_reset(pointer) }

    /// Binds a parameter, numbered from 1.
    package func bind(_ value: Int64, at index: Int32) { sqlite3_bind_int64(pointer, index, value) }

    /// Binds a parameter, nil as NULL.
    package func bind(_ value: Int64?, at index: Int32) {
        if let value { bind(value, at: index) } else { sqlite3_bind_null(pointer, index) }
    }

    /// Binds text, nil as NULL. It is copied.
    package func bind(_ text: String?, at index: Int32) throws(StoreError) {
        guard let text else { return bind(nil as Int64?, at: index) }
        let length = Int32(clamping: text.utf8.count)
        let code = sqlite3_bind_text(pointer, index, text, length, Self.transient)
        guard code == SQLITE_OK else { throw .sqlite("write", sqlite3_db_handle(pointer)) }
    }

    /// SQLITE_TRANSIENT, which is a cast in C: SQLite is to make a copy.
    private static var transient: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    /// Binds bytes without a copy: they must stay until the statement has run.
    func bind(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int32) throws(StoreError) {
        // SQLite takes a null pointer, which an empty buffer may have, for NULL.
        let code =
            bytes.isEmpty
            ? sqlite3_bind_zeroblob(pointer, index, 0)
            : sqlite3_bind_blob64(
                pointer,
                index,
                bytes.baseAddress,
                UInt64(bytes.count),
                nil
            )
        guard code == SQLITE_OK else { throw .sqlite("write", sqlite3_db_handle(pointer)) }
    }

    /// A column of the row, numbered from 0; 0 for NULL.
    package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }

    /// A column of the row as text; nil for NULL.
    package func text(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(pointer, column) else { return nil }
        let count = Int(sqlite3_column_bytes(pointer, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// Whether a column of the row is NULL.
    package func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(pointer, column) == SQLITE_NULL
    }
}
