import Glibc

/// The folder that a log lives in.
struct LogFolder {
    let path: String

    /// Makes the folder, open to its owner only. One that is there already stays as it is: its
    /// rights may be the deployment's choice, and the files are closed to others anyway.
    func create() throws(StoreError) {
        guard mkdir(path, 0o700) != 0 else { return }
        let code = errno
        guard code == EEXIST else { throw .system("create the log folder", path, code) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw .system("read the log folder", path) }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw .system("use as the log folder", path, ENOTDIR)
        }
    }

    /// Whether there is a file and no folder.
    var isFile: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// The segments, by first position. Other files are none of the log's business.
    func segments() throws(StoreError) -> [Segment] {
        guard let directory = opendir(path) else { throw .system("read the log folder", path) }
        defer { closedir(directory) }
        var found: [Segment] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let segment = Segment(folder: path, name: name) { found.append(segment) }
        }
        return found.sorted { $0.firstPosition < $1.firstPosition }
    }
}
