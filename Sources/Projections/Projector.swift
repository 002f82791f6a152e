import EventStore
import Events
import Glibc
import Postmortem

/// Makes the projections of a log folder and keeps them up to date: the file `projections.db` beside
/// the segments, which only says what the log says and can be removed at any time.
public struct Projector: Sendable {
    /// What was done.
    public struct Result: Equatable, Sendable {
        /// The projections are true up to this position.
        public var through: Int64
        /// Events read.
        public var events: Int64
    }

    /// Told how far it has come, and up to which position it has to go; returns whether to go on.
    public typealias Progress = (_ position: Int64, _ end: Int64) -> Bool

    private let folder: String
    private let path: String

    /// How many events make a transaction at most, so that what it has changed fits in memory.
    private static let batch: Int64 = 500_000
    /// After how many events progress is told.
    private let step: Int64

    /// The name of the file in a log's folder.
    public static let fileName = "projections.db"

    /// For the log of a folder. `output`: another path for the file.
    public init(folder: String, output: String? = nil) {
        self.init(folder: folder, output: output, every: 8_192)
    }

    init(folder: String, output: String? = nil, every step: Int64) {
        self.folder = folder
        self.step = step
        path = output ?? "\(folder)/\(Self.fileName)"
    }

    /// Takes in what has been sealed since the last time; begins anew when the file is not there or
    /// cannot be used. Nil: nothing is sealed, ``Progress`` said to stop, or somebody else is at it.
    public func catchUp(_ progress: Progress = { _, _ in true }) throws -> Result? {
        try ProjectionLock.holding(folderOf: path, waits: false) {
            let log = try LogReader(folder: folder)
            let end = try log.sealedThrough()
            guard end > 0 else { return nil }
            if let store = try? ProjectionStore(opening: path, for: .write, of: log) {
                do {
                    return try bring(store, to: end, log, progress)
                } catch is UnusableProjections {
                    // Made again below.
                }
            }
            return try make(through: end, log, progress)
        }
    }

    /// Makes the projections from the beginning of the log to its end as of now, and puts them in the
    /// place of what was there. Nil: ``Progress`` said to stop.
    public func rebuild(_ progress: Progress = { _, _ in true }) throws -> Result? {
        try ProjectionLock.holding(folderOf: path, waits: true) {
            let log = try LogReader(folder: folder)
            return try make(through: try log.lastPosition(), log, progress)
        }
    }

    private func bring(
        _ store: ProjectionStore,
        to end: Int64,
        _ log: LogReader,
        _ progress: Progress
    ) throws -> Result? {
        let first = store.through + 1
        var run = try ProjectionRun(store, folder: folder)
        while store.through < end {
            let last = min(end, store.through + Self.batch)
            try UnusableProjections.catching { () throws(StoreError) in try store.begin() }
            guard try run.take(log, through: last, every: step, { progress($0, end) }) else {
                return nil
            }
            try run.commit(forgettingBefore: try log.firstPosition())
        }
        return Result(through: end, events: end - first + 1)
    }

    private func make(
        through end: Int64,
        _ log: LogReader,
        _ progress: Progress
    ) throws -> Result? {
        let fresh = "\(path).new"
        unlink(fresh)
        defer { unlink(fresh) }
        do {
            let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard file >= 0 else { throw StoreError.creating(fresh) }
            defer { close(file) }
            let store = try ProjectionStore(creating: fresh)
            try store.begin()
            var run = try ProjectionRun(store, folder: folder)
            guard try run.take(log, through: end, every: step, { progress($0, end) }) else {
                return nil
            }
            try run.commit(forgettingBefore: 0)
            guard fsync(file) == 0 else { throw StoreError.creating(fresh) }
        }
        // A journal left by a process that died belongs to the file that goes.
        unlink(path)
        unlink("\(path)-journal")
        guard rename(fresh, path) == 0 else { throw StoreError.creating(path) }
        return Result(through: end, events: end)
    }
}
