/// What the virtual table `events` reads: the log as it is when a query begins, the same for all cursors
/// of the query.
final class EventsSource {
    /// Why a cursor could not go on; nil: none has failed.
    var failure: StoreError?

    private let log: LogReader
    private var known: LogSnapshot?

    init(_ log: LogReader) { self.log = log }

    /// The segments there are, and the last position.
    func snapshot() throws(StoreError) -> LogSnapshot {
        if let known { return known }
        let found = try log.snapshot()
        known = found
        return found
    }

    /// Whether retention has removed a segment meanwhile.
    func isRemoved(_ segment: Segment) -> Bool { log.isGone(segment) }
}

/// A log at a moment.
struct LogSnapshot {
    /// By first position.
    var segments: [Segment]
    /// Position of the last event; 0: the log is empty.
    var through: Int64
}
