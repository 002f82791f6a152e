import Events

/// Looks for the connections of a dialogue in one pass over the rows of a log, or over those that follow
/// what is known elsewhere. Memory is bounded by the dialogue and by the connections that are not
/// finished: the others are passed over, and only a trace of their ids is kept.
public struct DialogueSearch: SummaryFolding {
    /// How many finished connections are known by number for rows that come late.
    static let finishedLimit = 4_096

    /// The ids found so far.
    public private(set) var dialogue: Dialogue

    private let firstIDs: Int
    private var folds = ConnectionFolds()
    private var changes = SummaryChanges()
    private var found: [Int64: ConnectionSummary] = [:]
    private var passedOver = IDFilter()
    private var finished: Set<Int64> = []
    private var finishedOrder: [Int64] = []
    private var nextFinished = 0

    /// Begins with the connections of it that are known.
    public init(for dialogue: Dialogue, known: [ConnectionSummary] = []) {
        self.dialogue = dialogue
        firstIDs = dialogue.ids.count
        for summary in known { found[summary.connection] = summary }
        _ = self.dialogue.extend(over: known)
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
            if finished.contains(number) || found[number]?.isFinished == true { return .finished }
            return try past(number)
        }
        guard !changes.isEmpty else { return }
        for summary in changes.finished { finish(summary) }
        for late in changes.late { found[late.connection]?.take(late) }
        changes.removeAll()
    }

    /// The rows have ended. Returns whether ids were found so late that connections which had been
    /// passed over may have them, or such as are known elsewhere: then it takes another search, for
    /// ``dialogue``.
    public mutating func end(asksElsewhere: Bool) -> Bool {
        for fold in folds.unfinished { found[fold.summary.connection] = fold.summary }
        _ = dialogue.extend(over: Array(found.values))
        let new = dialogue.ids.dropFirst(firstIDs)
        return asksElsewhere ? !new.isEmpty : new.contains { passedOver.mayContain($0) }
    }

    /// The connections by their beginning, the newest last.
    public var connections: [ConnectionSummary] {
        found.values.filter(dialogue.contains).sorted { $0.firstPosition < $1.firstPosition }
    }

    private mutating func finish(_ summary: ConnectionSummary) {
        if dialogue.contains(summary) {
            found[summary.connection] = summary
            _ = dialogue.extend(over: [summary])
        } else {
            for id in summary.ownIDs { passedOver.insert(id) }
        }
        retire(summary.connection)
    }

    /// Forgets the connection that has been finished for longest, when there are too many.
    private mutating func retire(_ number: Int64) {
        finished.insert(number)
        guard finishedOrder.count == Self.finishedLimit else { return finishedOrder.append(number) }
        finished.remove(finishedOrder[nextFinished])
        finishedOrder[nextFinished] = number
        nextFinished = (nextFinished + 1) % Self.finishedLimit
    }
}
