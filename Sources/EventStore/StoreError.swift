import CSQLite
import Glibc

/// Why the log cannot be opened, written or read.
public struct StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What went wrong, for programs.
    public enum Kind: Equatable, Sendable {
        /// Another process has the folder; its pid, when the lock file tells it.
        case locked(pid: Int32?)
        /// The folder holds no log.
        case noLog
        /// A file with the name of a segment is not one.
        case notALog
        /// The segment has a format (`user_version`) that this version does not know.
        case unknownFormat(Int64)
        /// The log contradicts what is known about it.
        case damaged
        /// SQLite failed; its extended result code.
        case sqlite(Int32)
        /// The system failed; `errno`.
        case io(Int32)
        /// The log has been closed.
        case closed
    }

    /// What went wrong, for programs.
    public let kind: Kind
    /// What went wrong, for people: names the file and keeps the source's own code and text.
    public let message: String

    /// The message.
    public var description: String { message }

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

extension StoreError {
    /// Whether somebody else has the file.
    package var isContention: Bool {
        guard case .sqlite(let code) = kind else { return false }
        return code & 0xFF == SQLITE_BUSY || code & 0xFF == SQLITE_LOCKED
    }

    /// The error that a system call has just left in `errno`.
    package static func system(_ action: String, _ path: String, _ code: Int32 = errno)
        -> StoreError
    {
        let text = strerror(code).map { String(cString: $0) } ?? "unknown error"
        return StoreError(.io(code), "cannot \(action) \(path): \(text) (errno \(code))")
    }

    /// The error that the last call left in a connection; SQLite overwrites it at the next call.
    static func sqlite(_ action: String, _ connection: OpaquePointer?) -> StoreError {
        let path = sqlite3_db_filename(connection, "main").map { String(cString: $0) } ?? ""
        return sqlite(action, path, connection)
    }

    /// The same for a connection that did not come to know its file's name.
    static func sqlite(
        _ action: String,
        _ path: String,
        _ connection: OpaquePointer?
    ) -> StoreError {
        let code = sqlite3_extended_errcode(connection)
        let text = sqlite3_errmsg(connection).map { String(cString: $0) } ?? "unknown error"
        let kind: Kind = code == SQLITE_NOTADB ? .notALog : .sqlite(code)
        return StoreError(kind, "cannot \(action) \(path): \(text) (SQLite code \(code))")
    }
}

extension StoreError {
    /// Whether it can be over at the next attempt: someone else has just been changing the file.
    package var isPassing: Bool {
        guard case .sqlite(let code) = kind else { return false }
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_SCHEMA, SQLITE_PROTOCOL, SQLITE_CANTOPEN:
            return true
        default: return false
        }
    }

    /// Whether the disk, or somebody's lock, kept SQLite from writing: its connection is as good as before.
    var isOfTheDisk: Bool {
        guard case .sqlite(let code) = kind else { return false }
        return [SQLITE_IOERR, SQLITE_FULL, SQLITE_BUSY].contains(code & 0xFF)
    }

    /// Whether a file is no database, or not one of the form that statements expect.
    package var isOfAnotherForm: Bool {
        switch kind {
        case .notALog: return true
        case .sqlite(let code):
            let forms = [
                SQLITE_ERROR, SQLITE_CORRUPT, SQLITE_FORMAT, SQLITE_SCHEMA, SQLITE_CONSTRAINT,
                SQLITE_MISMATCH,
            ]
            return forms.contains(code & 0xFF)
        default: return false
        }
    }

    /// Whether the file's content is not what SQLite wrote.
    var isDamage: Bool {
        switch kind {
        case .damaged: return true
        case .sqlite(let code): return code & 0xFF == SQLITE_CORRUPT
        default: return false
        }
    }
}
