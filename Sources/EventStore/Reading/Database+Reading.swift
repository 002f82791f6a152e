import CSQLite
import Glibc

extension Database {
    /// How long a reader waits while SQLite recovers or closes the file, ms.
    private static var patience: Int32 { 2_000 }

    /// What a connection keeps of a file in memory, KiB. Reading needs little: a scan never comes
    /// back to a page, and a search touches few.
    private static var cacheKiB: Int { 512 }

    /// Opens a segment for reading.
    ///
    /// A file without the right to write is a sealed segment, which nobody changes any more: it is read
    /// without locks.
    ///
    /// The usual way shares an index of the write-ahead log (`-shm`) with the gateway. SQLite would make
    /// what is missing of the two files beside a segment, and leave them there. A gateway that has the
    /// segment open has made both: without them nobody writes, and it is read without them. So it is
    /// where the index cannot be had (a read-only copy).
    ///
    /// - Parameter besideWriter: whether this process may be writing the log. Then only the usual way
    ///   will do for a file that is not sealed.
    static func reading(
        _ segment: Segment,
        besideWriter: Bool = false
    ) throws(StoreError) -> Database {
        guard access(segment.path, R_OK) == 0 else { throw .system("read", segment.path) }
        if segment.isReadOnly, !hasWAL(segment) { return try readingAlone(segment) }
        if !besideWriter, !segment.mayBeInUse { return try readingAlone(segment) }
        do {
            let flags = SQLITE_OPEN_READONLY
            let shared = try Database(path: segment.path, flags: flags, patience: Self.patience)
            try shared.prepareForReading()
            return shared
        } catch {
            guard !besideWriter, lacksSharedIndex(error, segment) else { throw error }
            return try readingAlone(segment)
        }
    }

    /// Opens a segment that nobody writes, without a shared index. SQLite's `immutable=1` would pass
    /// over the write-ahead log without a word, so it is only for segments that have none; the
    /// others are read with an index in memory (exclusive locking, without locks to take).
    static func readingAlone(_ segment: Segment) throws(StoreError) -> Database {
        let database =
            hasWAL(segment)
            ? try Database(path: segment.path, flags: SQLITE_OPEN_READONLY, system: "unix-none")
            : try Database(
                path: immutableURI(segment.path),
                flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
            )
        // Without locks it cannot be known whether somebody else has the write-ahead log in use.
        database.keepWALOnClose()
        try database.execute("PRAGMA locking_mode = EXCLUSIVE", to: "read")
        try database.prepareForReading()
        return database
    }

    /// What a sealed segment says of itself; nil: the segment is not sealed, or damage hides that it is.
    func sealBounds() -> SealBounds? {
        guard (try? isSealed) == true,
            let row = try? prepare("SELECT last_position, next_connection, last_at FROM seal"),
            (try? row.step(to: "read")) == true
        else { return nil }
        return SealBounds(
            lastPosition: row.integer(0),
            nextConnection: row.integer(1),
            lastAt: row.integer(2)
        )
    }

    /// Whether the file is shorter than its own first page says (SQLite's file format, §1.3.8), which a
    /// write-ahead log beside it can explain.
    ///
    /// Opens and closes the file, which ends all locks that this process has on it (POSIX): never to be asked of
    /// a segment that the process may be writing.
    var isCut: Bool {
        get throws(StoreError) {
            let path = path
            let file = open(path, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { throw .system("read", path) }
            defer { close(file) }
            var status = stat()
            var head = [UInt8](repeating: 0, count: 32)
            guard fstat(file, &status) == 0, pread(file, &head, head.count, 0) == head.count else {
                return true
            }
            let pages = head[28..<32].reduce(0 as Int64) { $0 << 8 | Int64($1) }
            let size = Int64(head[16]) << 8 | Int64(head[17])
            let isShort = Int64(status.st_size) < pages * (size == 1 ? 65_536 : size)
            return isShort && !Self.hasWAL(Segment(path: path))
        }
    }

    private static func hasWAL(_ segment: Segment) -> Bool {
        var status = stat()
        return stat(segment.walPath, &status) == 0 && status.st_size > 0
    }

    private func prepareForReading() throws(StoreError) {
        // Without this, SQLite refuses all of a file that has lost its end; nothing is written, the
        // connection is read-only.
        try execute("PRAGMA writable_schema = ON", to: "read")
        try execute("PRAGMA cache_size = -\(Self.cacheKiB)", to: "read")
        try checkFormat()
    }

    /// Whether a shared index is missing and cannot be made: nobody may write in the folder. A file
    /// that cannot be opened for another reason, as for lack of descriptors, may be in use.
    private static func lacksSharedIndex(_ error: StoreError, _ segment: Segment) -> Bool {
        guard case .sqlite(let code) = error.kind else { return false }
        switch code & 0xFF {
        case SQLITE_READONLY: return true
        case SQLITE_CANTOPEN: return access(segment.folder, W_OK) != 0
        default: return false
        }
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

/// Of what a sealed segment says of itself, that which a reader needs.
struct SealBounds {
    /// Position of the segment's last event.
    var lastPosition: Int64
    /// Greater than any connection number up to there.
    var nextConnection: Int64
    /// Latest wall time of the segment's events, µs since 1970.
    var lastAt: Int64
}
