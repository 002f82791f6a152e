import Events

/// Sums up the connections of a log in one pass over its rows, or over those that follow what has been
/// summed up before.
public struct ConnectionSummaries: SummaryFolding {
    private var folds = ConnectionFolds()
    private var changes = SummaryChanges()
    private var known: [Int64: ConnectionSummary] = [:]

    /// Begins with what is known.
    public init(_ known: [ConnectionSummary] = []) {
        for summary in known { self.known[summary.connection] = summary }
    }

    /// Takes the next row; see ``SummaryFolding``.
    public mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>,
        past: (Int64) throws -> ConnectionFolds.Past
    ) rethrows {
        try folds.take(position: position, header, checksum: checksum, body, &changes) { number in
            if known[number]?.isFinished == true { return .finished }
            return try past(number)
        }
        guard !changes.isEmpty else { return }
        for summary in changes.finished { known[summary.connection] = summary }
        for late in changes.late { known[late.connection]?.take(late) }
        changes.removeAll()
    }

    /// Takes the next row of a log that has been summed up from its beginning.
    public mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>
    ) {
        take(position: position, header, checksum: checksum, body) { _ in .none }
    }

    /// The connections by their beginning, the newest last.
    public var connections: [ConnectionSummary] {
        var all = known
        for fold in folds.unfinished {
            let summary = fold.summary
            all[summary.connection] = summary
        }
        return all.values.sorted { $0.firstPosition < $1.firstPosition }
    }
}
