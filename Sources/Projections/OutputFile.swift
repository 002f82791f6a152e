import Glibc

/// A file that projections are to be written to, which may be there already.
enum OutputFile {
    /// Where SQLite has the `application_id` (file format, §1.3): four bytes, the highest first.
    private static let markOffset = 68
    private static let magic = Array("SQLite format 3\0".utf8)

    /// Whether nothing is lost with what is there: there is no file, or it is empty, or one of
    /// projections. What bears the name that projections have in a log's folder may be damaged.
    static func mayBeReplaced(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return errno == ENOENT }
        guard status.st_mode & S_IFMT == S_IFREG else { return false }
        return status.st_size == 0 || isProjections(path)
            || ["", ".new"].contains { name(of: path) == Projector.fileName + $0 }
    }

    private static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? ""
    }

    private static func isProjections(_ path: String) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return false }
        defer { close(file) }
        var head = [UInt8](repeating: 0, count: markOffset + 4)
        guard pread(file, &head, head.count, 0) == head.count, head.starts(with: magic) else {
            return false
        }
        let mark = head[markOffset...].reduce(0 as Int64) { $0 << 8 | Int64($1) }
        return mark == ProjectionStore.applicationID
    }
}
