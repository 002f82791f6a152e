import CSQLite
import Glibc

extension Segment {
    /// Makes the segment's file, unless one lies prepared: then that becomes it.
    func make(in folder: LogFolder, tuning: WriterTuning) throws(StoreError) {
        guard !PreparedSegment(in: folder).adopt(as: self) else { return }
        try Self.makeFile(at: path, draft: "\(folder.path)/segment.db.new", tuning: tuning)
    }

    /// Makes a file for a segment: without events, on disk, closed. It gets its name when it is whole,
    /// for readers and the writer may want it at any moment.
    static func makeFile(at path: String, draft: String, tuning: WriterTuning) throws(StoreError) {
        let new = Segment(path: draft)
        new.remove()
        try new.createFile()
        try setUp(draft, tuning)
        guard access(path, F_OK) != 0, rename(draft, path) == 0 else {
            throw .system("make", path, access(path, F_OK) == 0 ? EEXIST : errno)
        }
    }

    /// In a scope of its own, so that the connection is closed at its end.
    private static func setUp(_ path: String, _ tuning: WriterTuning) throws(StoreError) {
        let database = try Database(
            path: path,
            flags: SQLITE_OPEN_READWRITE,
            patience: tuning.lockPatience
        )
        try database.prepareSegment(sync: .full, tuning: tuning)
        try database.emptyWAL()
    }
}
