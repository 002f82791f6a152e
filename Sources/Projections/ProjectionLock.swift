import EventStore
import Glibc

/// Only one process at a time changes the projections in a folder: an advisory lock (`flock`) on the
/// folder itself. It has nothing to do with the gateway's lock, which is on a file: the log of a gateway
/// that runs may be projected.
enum ProjectionLock {
    /// Runs the body while it holds the lock.
    ///
    /// - Throws: what the body throws; ``ProjectionsError/inUse(folder:)`` when somebody else has the
    ///   lock; ``ProjectionsError/failed(_:)`` when the folder cannot be opened or locked.
    static func holding<Result>(folderOf path: String, _ body: () throws -> Result) throws -> Result
    {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ProjectionsError.failed(.system("open", folder)) }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: throw ProjectionsError.inUse(folder: folder)
            default: throw ProjectionsError.failed(.system("lock", folder))
            }
        }
        return try body()
    }
}
