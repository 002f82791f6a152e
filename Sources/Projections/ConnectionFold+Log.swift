import EventStore
import Postmortem
import Session

extension ConnectionFold {
    /// Folds what a log has of a connection in a range of positions. Nil: it has nothing.
    init?(
        of connection: Int64,
        in log: LogReader,
        from first: Int64 = 1,
        through last: Int64 = .max
    ) throws {
        var fold: ConnectionFold?
        var reading = EventReading()
        var changes = SummaryChanges()
        try log.forEach(
            connection: connection,
            from: first,
            through: last
        ) { position, header, checksum, body in
            guard connection > 0, !header.isOfRESTCall else { return true }
            if fold == nil {
                let number = connection
                fold = ConnectionFold(connection: number, firstPosition: position, at: header.at)
            }
            fold?.take(position: position, header, checksum: checksum, body, &reading, &changes)
            changes.removeAll()
            return true
        }
        guard let fold else { return nil }
        self = fold
    }
}

extension ProjectionStore {
    /// What is known of a connection through a position, to go on with events after it. `log` must not be
    /// the reader that gives these events.
    ///
    /// The file may have been brought further than that meanwhile: what it says of later events does
    /// not count.
    func past(
        of connection: Int64,
        through position: Int64,
        in log: LogReader
    ) throws -> ConnectionFolds.Past {
        let known = try UnusableProjections.catching { () throws(StoreError) in
            try summary(of: connection)
        }
        guard let summary = known, summary.firstPosition <= position else { return .none }
        if summary.isFinished, summary.lastPosition <= position { return .finished }
        let first = summary.firstPosition
        guard
            let fold = try ConnectionFold(of: connection, in: log, from: first, through: position)
        else { return .none }
        return fold.isFinished ? .finished : .underWay(fold)
    }
}
