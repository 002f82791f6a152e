import CSQLite
import Glibc

/// The file for the next segment, made beforehand: its name can only be given when it is needed.
struct PreparedSegment {
    private let folder: String

    init(in folder: LogFolder) { self.folder = folder.path }

    /// Makes the file: empty, on disk, closed. It gets its name when it is whole, for a segment may be
    /// needed at any moment.
    func make(tuning: WriterTuning) throws(StoreError) {
        let draft = Segment(path: "\(folder)/next.db.new")
        draft.remove()
        try draft.createFile()
        try Self.setUp(draft.path, tuning)
        guard rename(draft.path, path) == 0 else { throw .system("rename", draft.path) }
    }

    /// In a scope of its own, so that the connection is closed at its end.
    private static func setUp(_ path: String, _ tuning: WriterTuning) throws(StoreError) {
        let database = try Database(path: path, flags: SQLITE_OPEN_READWRITE)
        try database.prepareSegment(sync: .full, tuning: tuning)
    }

    /// Makes the file that of a segment. False: there is none, or it cannot be had. SQLite syncs the
    /// folder when it makes the write-ahead log, and the new name with it.
    func adopt(as segment: Segment) -> Bool {
        access(segment.path, F_OK) != 0 && rename(path, segment.path) == 0
    }

    /// Removes the file if it is there.
    func remove() { unlink(path) }

    private var path: String { "\(folder)/next.db" }
}
