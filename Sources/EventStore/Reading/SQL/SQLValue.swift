import CSQLite

/// A value in a row of a query.
public enum SQLValue: Equatable, Sendable {
    /// NULL.
    case null
    /// A whole number.
    case integer(Int64)
    /// Another number.
    case real(Double)
    /// Text; what is not UTF-8 in it is replaced.
    case text(String)
    /// Bytes.
    case blob([UInt8])

    /// A column of the row that a statement is at.
    init(_ statement: OpaquePointer, _ column: Int32) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, column)
            let count = Int(sqlite3_column_bytes(statement, column))
            let bytes = UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
            self = .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, column)
            let count = Int(sqlite3_column_bytes(statement, column))
            self = .blob(
                Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
            )
        default: self = .null
        }
    }
}
