import Glibc

/// One file of the log. A log is a sequence of segments, each named by its first position; the
/// last one is being written.
struct Segment: Equatable {
    /// "GWLG": the `application_id` that marks a file as a segment.
    static let applicationID: Int64 = 0x4757_4C47
    /// The `user_version`: format of the table.
    static let format: Int64 = 1

    let firstPosition: Int64
    let path: String

    /// The segment that begins at a position.
    init(folder: String, firstPosition: Int64) {
        let digits = String(firstPosition)
        let zeros = String(repeating: "0", count: max(0, Self.digits - digits.count))
        self.firstPosition = firstPosition
        path = "\(folder)/\(Self.prefix)\(zeros)\(digits)\(Self.suffix)"
    }

    /// A file that has no place in the log yet.
    init(path: String) {
        firstPosition = 0
        self.path = path
    }

    /// A file that is read by itself: a bundle, or a segment outside its folder.
    init(alone path: String) {
        firstPosition = 1
        self.path = path
    }

    /// The segment that a file's name stands for, if it does.
    init?(folder: String, name: String) {
        let bytes = name.utf8
        guard
            bytes.count == Self.prefix.utf8.count + Self.digits + Self.suffix.utf8.count,
            name.hasPrefix(Self.prefix), name.hasSuffix(Self.suffix)
        else { return nil }
        let number = bytes.dropFirst(Self.prefix.utf8.count).prefix(Self.digits)
        guard
            number.allSatisfy({ UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }),
            let first = Int64(String(decoding: number, as: UTF8.self)), first > 0
        else { return nil }
        firstPosition = first
        path = "\(folder)/\(name)"
    }

    /// The folder that the file is in.
    var folder: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }

    /// The write-ahead log that SQLite keeps beside the file.
    var walPath: String { path + "-wal" }

    /// The index of it that those share who have the segment open.
    var sharedIndexPath: String { path + "-shm" }

    /// Whether somebody may have the segment open for writing, which SQLite does with both files beside
    /// it; they can also be left over. One that is no regular file counts: it keeps SQLite from going on.
    var mayBeInUse: Bool {
        [walPath, sharedIndexPath].allSatisfy { path in
            var status = stat()
            return lstat(path, &status) == 0
        }
    }

    /// Makes the empty file, open to its owner only; SQLite gives its own files the same rights.
    func createFile() throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("create", path) }
        close(descriptor)
    }

    /// Takes everybody's right to write: the last step of sealing.
    func makeReadOnly() -> Bool { chmod(path, 0o400) == 0 }

    /// Whether nobody may write it.
    var isReadOnly: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o222 == 0
    }

    /// Removes the file and what SQLite keeps beside it. Returns whether the file is gone.
    @discardableResult
    func remove() -> Bool {
        let isGone = unlink(path) == 0 || errno == ENOENT
        unlink(walPath)
        unlink(sharedIndexPath)
        return isGone
    }

    /// Bytes of the file and of what SQLite keeps beside it.
    var bytes: Int64 {
        [path, walPath, sharedIndexPath].reduce(0) { sum, path in
            var status = stat()
            return stat(path, &status) == 0 ? sum + Int64(status.st_size) : sum
        }
    }

    private static let prefix = "events-"
    private static let suffix = ".db"
    private static let digits = 20
}
