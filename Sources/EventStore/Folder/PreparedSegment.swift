import Glibc

/// The file for the next segment, made beforehand: its name can only be given when it is needed.
struct PreparedSegment {
    private let folder: LogFolder

    init(in folder: LogFolder) { self.folder = folder }

    /// Makes the file, in place of one that an earlier run has left.
    func make(tuning: WriterTuning) throws(StoreError) {
        remove()
        try Segment.makeFile(at: path, draft: path + ".new", tuning: tuning)
    }

    /// Makes the file that of a segment. False: there is none, or it cannot be had. SQLite syncs the
    /// folder with the first commit to a write-ahead log, and the new name with it.
    func adopt(as segment: Segment) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return access(segment.path, F_OK) != 0 && rename(path, segment.path) == 0
    }

    /// Removes the file if it is there.
    func remove() { unlink(path) }

    private var path: String { "\(folder.path)/next.db" }
}
