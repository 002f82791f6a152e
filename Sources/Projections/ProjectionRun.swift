import EventStore
import Events
import Postmortem

/// Events on their way from the log into a projections file.
struct ProjectionRun {
    /// How a part of it ended.
    enum Outcome {
        /// There are no more events.
        case finished
        /// There may be more.
        case full
        /// It was told to stop.
        case stopped
    }

    /// Events read so far.
    private(set) var events: Int64 = 0

    private let store: ProjectionStore
    /// Reads connections that had begun before.
    private let history: LogReader
    private var folds = ConnectionFolds()
    private var changes = SummaryChanges()
    private var last: (position: Int64, checksum: UInt32)

    /// `history`: a reader that nothing else uses.
    init(_ store: ProjectionStore, history: LogReader) {
        self.store = store
        self.history = history
        last = (store.through, store.checksum)
    }

    /// Takes the events after those taken last, in whatever distance they are.
    ///
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - step: after how many events `goesOn` is asked.
    mutating func take(
        _ log: LogReader,
        through end: Int64,
        limit: Int64 = .max,
        every step: Int64,
        _ goesOn: (Int64) -> Bool
    ) throws -> Outcome {
        guard last.position < end else { return .finished }
        var outcome = Outcome.finished
        var taken: Int64 = 0
        try log.forEach(
            from: last.position + 1,
            through: end
        ) { position, header, checksum, body in
            try take(position, header, checksum, body)
            taken += 1
            if events % step == 0, !goesOn(position) {
                outcome = .stopped
            } else if taken >= limit {
                outcome = .full
            }
            return outcome == .finished
        }
        return outcome
    }

    /// Commits, with how far the connections have come that are not finished.
    mutating func commit(forgettingBefore first: Int64) throws(UnusableProjections) {
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
        let (store, history, reached) = (store, history, last.position)
        try folds.take(position: position, header, checksum: checksum, body, &changes) { number in
            try store.past(of: number, through: reached, in: history)
        }
        events += 1
        last = (position, checksum)
        guard !changes.isEmpty else { return }
        try UnusableProjections.catching { () throws(StoreError) in try store.store(changes) }
        changes.removeAll()
    }
}
