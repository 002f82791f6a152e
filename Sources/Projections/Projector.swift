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
    private let besideWriter: Bool

    /// How many events make a transaction at most, so that what it has changed fits in memory.
    private let batch: Int64
    /// After how many events progress is told.
    private let step: Int64

    /// The name of the file in a log's folder.
    public static let fileName = "projections.db"

    /// For the log of a folder.
    ///
    /// - Parameters:
    ///   - output: another path for the file.
    ///   - besideWriter: whether this process may be writing the log, as for `LogReader`.
    public init(folder: String, output: String? = nil, besideWriter: Bool = false) {
        self.init(
            folder: folder,
            output: output,
            besideWriter: besideWriter,
            every: 8_192,
            batch: 500_000
        )
    }

    init(
        folder: String,
        output: String? = nil,
        besideWriter: Bool = false,
        every step: Int64,
        batch: Int64 = 500_000
    ) {
        self.folder = folder
        self.besideWriter = besideWriter
        self.step = step
        self.batch = batch
        path = output ?? "\(folder)/\(Self.fileName)"
    }

    /// Takes in what has been sealed since the last time; begins anew when the file is not there, is
    /// damaged, or of another form or log. Nil: nothing is sealed, or ``Progress`` said to stop.
    ///
    /// - Throws: ``ProjectionsError``; `StoreError` when the log cannot be read.
    public func catchUp(_ progress: Progress = { _, _ in true }) throws -> Result? {
        try ProjectionLock.holding(folderOf: path) {
            let log = try reader()
            let end = try log.sealedThrough()
            guard end > 0 else { return nil }
            do {
                if access(path, F_OK) == 0 {
                    let store = try ProjectionStore(opening: path, for: .write, of: log)
                    return try bring(store, to: end, log, progress)
                }
            } catch let failure as UnusableProjections {
                guard failure.isToBeReplaced else { throw failure.error(in: folder) }
            }
            return try make(through: end, log, progress)
        }
    }

    /// Makes the projections from the beginning of the log to its end as of now, and puts them in the
    /// place of what was there. Nil: ``Progress`` said to stop.
    ///
    /// - Throws: ``ProjectionsError``; `StoreError` when the log cannot be read.
    public func rebuild(_ progress: Progress = { _, _ in true }) throws -> Result? {
        try ProjectionLock.holding(folderOf: path) {
            for file in [path, fresh] where !OutputFile.mayBeReplaced(file) {
                throw ProjectionsError.isSomethingElse(file)
            }
            let log = try reader()
            return try make(through: try log.lastPosition(), log, progress)
        }
    }

    /// Where the file is made before it takes its place.
    private var fresh: String { "\(path).new" }

    private func reader() throws(StoreError) -> LogReader {
        try LogReader(folder: folder, besideWriter: besideWriter)
    }

    private func bring(
        _ store: ProjectionStore,
        to end: Int64,
        _ log: LogReader,
        _ progress: Progress
    ) throws -> Result? {
        guard store.through < end else { return Result(through: store.through, events: 0) }
        var run = ProjectionRun(store, history: try reader())
        while true {
            guard progress(store.through, end) else { return nil }
            try UnusableProjections.catching { () throws(StoreError) in try store.begin() }
            let outcome = try run.take(log, through: end, limit: batch, every: step) {
                progress($0, end)
            }
            if outcome == .stopped { return nil }
            try run.commit(forgettingBefore: try log.firstPosition())
            if outcome == .finished { return Result(through: store.through, events: run.events) }
        }
    }

    private func make(
        through end: Int64,
        _ log: LogReader,
        _ progress: Progress
    ) throws -> Result? {
        unlink(fresh)
        defer { unlink(fresh) }
        let result: Result
        do {
            let file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard file >= 0 else { throw ProjectionsError.failed(.creating(fresh)) }
            defer { close(file) }
            let store = try UnusableProjections.catching { () throws(StoreError) in
                let store = try ProjectionStore(creating: fresh)
                try store.begin()
                return store
            }
            var run = ProjectionRun(store, history: try reader())
            let outcome = try run.take(log, through: end, every: step) { progress($0, end) }
            if outcome == .stopped { return nil }
            try run.commit(forgettingBefore: 0)
            guard fsync(file) == 0 else { throw ProjectionsError.failed(.creating(fresh)) }
            result = Result(through: store.through, events: run.events)
        } catch let failure as UnusableProjections {
            throw ProjectionsError.failed(failure.reason)
        }
        // A journal left by a process that died belongs to the file that goes.
        unlink(path)
        unlink("\(path)-journal")
        guard rename(fresh, path) == 0 else { throw ProjectionsError.failed(.creating(path)) }
        return result
    }
}
