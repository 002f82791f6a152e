import Glibc

/// The hold of one process on a log folder: an advisory lock (`flock`) on a file in it. The system
/// lets go of it when the process ends, however it ends; the file itself stays, empty or not.
struct FolderLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the folder. Throws ``StoreError/Kind/locked(pid:)`` when another one has it, in this
    /// process or elsewhere.
    init(folder: String) throws(StoreError) {
        let path = "\(folder)/gateway.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system("open the lock", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let holder = Self.pid(in: descriptor)
            close(descriptor)
            guard code == EWOULDBLOCK else { throw .system("lock", path, code) }
            throw Self.locked(folder, by: holder)
        }
        Self.write(pid: getpid(), to: descriptor)
        self.descriptor = descriptor
    }

    deinit {
        _ = ftruncate(descriptor, 0)
        close(descriptor)
    }

    private static func locked(_ folder: String, by pid: Int32?) -> StoreError {
        let holder = pid.map { "the process with pid \($0)" } ?? "another process"
        return StoreError(
            .locked(pid: pid),
            "the log folder \(folder) is in use by \(holder); a folder serves one gateway at a time"
        )
    }

    /// The pid is a courtesy to people: that it cannot be written is no reason not to start.
    private static func write(pid: Int32, to descriptor: Int32) {
        let text = Array("\(pid)\n".utf8)
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.count, 0)
    }

    private static func pid(in descriptor: Int32) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &text, text.count, 0)
        let digits = text.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }
        return Int32(String(decoding: digits, as: UTF8.self))
    }
}
