import EventStore
import Glibc

/// Only one process at a time changes the projections in a folder: an advisory lock (`flock`) on the
/// folder itself. It has nothing to do with the gateway's lock, which is on a file: the log of a gateway
/// that runs may be projected.
enum ProjectionLock {
    /// Runs the body while it holds the lock. Nil: somebody else has it, and `waits` is false.
    /// Throws what the body throws, and when the folder cannot be opened.
    static func holding<Result>(
        folderOf path: String,
        waits: Bool,
        _ body: () throws -> Result?
    ) throws -> Result? {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError.system("open", folder) }
        defer { close(descriptor) }
        while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
            guard errno == EINTR else { return nil }
        }
        return try body()
    }
}
