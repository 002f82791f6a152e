import CSQLite
import Glibc

extension Database {
    /// How long a reader waits while SQLite recovers or closes the file, ms.
    private static var patience: Int32 { 2_000 }

    /// Opens a segment for reading.
    ///
    /// The usual way shares an index of the write-ahead log (`-shm`) with the gateway, and makes one
    /// where it is missing. Where that is impossible (a read-only copy) no gateway writes either,
    /// and the file is read without it.
    static func reading(_ segment: Segment) throws(StoreError) -> Database {
        guard access(segment.path, R_OK) == 0 else { throw .system("read", segment.path) }
        do {
            let shared = try Database(path: segment.path, flags: SQLITE_OPEN_READONLY)
            try shared.prepareForReading()
            return shared
        } catch {
            guard lacksSharedIndex(error) else { throw error }
            return try readingAlone(segment)
        }
    }

    /// Opens a segment that nobody writes, without a shared index. SQLite's `immutable=1` would pass
    /// over the write-ahead log without a word, so it is only for segments that have none; the
    /// others are read with an index in memory (exclusive locking, without locks to take).
    static func readingAlone(_ segment: Segment) throws(StoreError) -> Database {
        var status = stat()
        let hasWAL = stat(segment.walPath, &status) == 0 && status.st_size > 0
        let database =
            hasWAL
            ? try Database(path: segment.path, flags: SQLITE_OPEN_READONLY, system: "unix-none")
            : try Database(
                path: immutableURI(segment.path),
                flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
            )
        try database.execute("PRAGMA locking_mode = EXCLUSIVE", to: "read")
        try database.prepareForReading()
        return database
    }

    private func prepareForReading() throws(StoreError) {
        sqlite3_busy_timeout(connection, Self.patience)
        // Without this, SQLite refuses all of a file that has lost its end; nothing is written, the
        // connection is read-only.
        try execute("PRAGMA writable_schema = ON", to: "read")
        try checkFormat()
    }

    private static func lacksSharedIndex(_ error: StoreError) -> Bool {
        guard case .sqlite(let code) = error.kind else { return false }
        let primary = code & 0xFF
        return primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY
    }

    /// RFC 3986 §2.1: all but letters, digits and the marks of a plain path is percent-encoded.
    private static func immutableURI(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var uri = "file:"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                uri += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return uri + "?immutable=1"
    }
}
