import EventStore
import Events
import Postmortem

/// Events on their way from the log into a projections file.
struct ProjectionRun {
    /// Events read so far.
    private(set) var events: Int64 = 0

    private let store: ProjectionStore
    /// Reads connections that had begun before.
    private let history: LogReader
    private var folds = ConnectionFolds()
    private var changes = SummaryChanges()
    private var last: (position: Int64, checksum: UInt32)

    init(_ store: ProjectionStore, folder: String) throws {
        self.store = store
        history = try LogReader(folder: folder)
        last = (store.through, 0)
    }

    /// Takes the events after those taken last. Returns whether it came to the end.
    ///
    /// - Parameters:
    ///   - step: after how many events `goesOn` is asked.
    mutating func take(
        _ log: LogReader,
        through end: Int64,
        every step: Int64,
        _ goesOn: (Int64) -> Bool
    ) throws -> Bool {
        var isStopped = false
        try log.forEach(
            from: last.position + 1,
            through: end
        ) { position, header, checksum, body in
            try take(position, header, checksum, body)
            if events % step == 0, !goesOn(position) { isStopped = true }
            return !isStopped
        }
        return !isStopped
    }

    /// Commits, with how far the connections have come that are not finished.
    mutating func commit(forgettingBefore first: Int64) throws {
        try UnusableProjections.catching { () throws(StoreError) in
            for fold in folds.unfinished { try store.store(fold) }
            try store.forget(before: first)
            try store.commit(through: last.position, checksum: last.checksum)
        }
    }

    private mutating func take(
        _ position: Int64,
        _ header: EventHeader,
        _ checksum: UInt32,
        _ body: Span<UInt8>
    ) throws {
        try folds.take(position: position, header, checksum: checksum, body, &changes) { number in
            try store.past(of: number, in: history)
        }
        events += 1
        last = (position, checksum)
        guard !changes.isEmpty else { return }
        try UnusableProjections.catching { () throws(StoreError) in try store.store(changes) }
        changes.removeAll()
    }
}
