import Glibc

/// A file on its way: written under another name beside its own, open to its owner only, and given its
/// name when it is whole. What is given up leaves nothing behind. For one thread at a time.
public final class NewFile {
    /// The name that it will have.
    public let path: String
    /// The name that it has until then.
    public private(set) var draft: String
    private let replaces: Bool
    private let descriptor: Int32
    private var isKept = false

    /// Makes the draft. Throws `EEXIST` for a path where something is, unless it may be replaced; what
    /// is not a regular file is never replaced.
    public init(path: String, replaces: Bool) throws(StoreError) {
        self.path = path
        self.replaces = replaces
        try Self.check(path, replaces: replaces)
        var template = Array("\(path).XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            draft = ""
            throw .system("create", path)
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        draft = template.withUnsafeBufferPointer { name in
            name.baseAddress.map { String(cString: $0) } ?? ""
        }
    }

    deinit {
        if !isKept { unlink(draft) }
        close(descriptor)
    }

    /// Appends bytes to the draft.
    public func write(_ bytes: [UInt8]) throws(StoreError) {
        let failure: Int32 = bytes.withUnsafeBytes { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let start = UnsafeRawBufferPointer(rebasing: rest)
                let count = Glibc.write(descriptor, start.baseAddress, start.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return errno }
                rest = rest.dropFirst(count)
            }
            return 0
        }
        if failure != 0 { throw .system("write", path, failure) }
    }

    /// Gives the draft, now on disk, its name.
    public func keep() throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw .system("write", path) }
        if replaces {
            try Self.check(path, replaces: true)
            guard rename(draft, path) == 0 else { throw .system("create", path) }
        } else if link(draft, path) == 0 {
            unlink(draft)
        } else {
            // Not every file system has links.
            let code = errno
            guard code != EEXIST, access(path, F_OK) != 0, rename(draft, path) == 0 else {
                throw .system("create", path, EEXIST)
            }
        }
        isKept = true
    }

    private static func check(_ path: String, replaces: Bool) throws(StoreError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard replaces, status.st_mode & S_IFMT == S_IFREG else {
            throw .system("create", path, EEXIST)
        }
    }
}
