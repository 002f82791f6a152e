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
    func isRemoved(_ segment: Segment) -> Bool { log.isRemoved(segment) }

    /// Notes that a row could be read.
    func noteRow() { log.hasRead = true }

    /// Notes that positions of a segment cannot be read, where the log's reader passes over such; else
    /// throws why.
    func pass(
        over segment: Segment,
        from first: Int64,
        _ last: Int64,
        _ reason: StoreError
    ) throws(StoreError) {
        guard log.skipsDamage else { throw reason }
        log.note(segment, first, last, reason)
    }
}
