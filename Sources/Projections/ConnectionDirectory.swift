import EventStore
import Postmortem

/// The connections of a log: from its projections as far as they reach, and from the log itself for
/// the rest, or for all when there are none that can be used.
public struct ConnectionDirectory {
    /// Told of each event that is read, by its position.
    public typealias Progress = (_ position: Int64) -> Void

    private let folder: String
    let log: LogReader
    let store: ProjectionStore?

    /// For the log of a folder, which `log` reads.
    public init(folder: String, log: LogReader) {
        self.folder = folder
        self.log = log
        let path = "\(folder)/\(Projector.fileName)"
        store = try? ProjectionStore(opening: path, for: .read, of: log)
    }

    /// All connections, the newest last.
    public func all(_ progress: Progress = { _ in }) throws -> [ConnectionSummary] {
        let first = try log.firstPosition()
        return try fold(progress) { store throws(StoreError) in
            try store.summaries(since: first)
        } into: { known in
            ConnectionSummaries(known)
        }.connections
    }

    /// The connections that an id stands for, the newest last: the one of that number, or else those of
    /// the dialogue that the id belongs to. Only those are kept in memory.
    public func answering(
        to id: String,
        _ progress: Progress = { _ in }
    ) throws -> [ConnectionSummary] {
        if let number = Int64(id), let one = try connection(number) { return [one] }
        let first = try log.firstPosition()
        var dialogue = Dialogue(of: id)
        // What comes later in the log may lead to older connections; that is rare.
        while true {
            var search = try fold(progress) { store throws(StoreError) in
                try store.summaries(of: &dialogue).filter { $0.lastPosition >= first }
            } into: { known in
                DialogueSearch(for: dialogue, known: known)
            }
            guard search.end(asksElsewhere: store != nil) else { return search.connections }
            dialogue = search.dialogue
        }
    }

    private func connection(_ number: Int64) throws -> ConnectionSummary? {
        if let known = try? store?.summary(of: number), known.isFinished,
            known.lastPosition >= (try log.firstPosition())
        {
            return known
        }
        return try ConnectionFold(of: number, in: log)?.summary
    }

    /// Begins with what the projections know and `choose` picks, and takes the rest of the log.
    private func fold<Fold: SummaryFolding>(
        _ progress: Progress,
        _ choose: (ProjectionStore) throws(StoreError) -> [ConnectionSummary],
        into begin: ([ConnectionSummary]) -> Fold
    ) throws -> Fold {
        guard let store, let known = try? store.read(choose) else {
            return try read(into: begin([]), from: 1, progress) { _ in .none }
        }
        let history = try LogReader(folder: folder)
        history.skipsDamage = log.skipsDamage
        do {
            return try read(into: begin(known.rows), from: known.through + 1, progress) { number in
                try store.past(of: number, through: known.through, in: history)
            }
        } catch is UnusableProjections {
            return try read(into: begin([]), from: 1, progress) { _ in .none }
        }
    }

    private func read<Fold: SummaryFolding>(
        into begun: Fold,
        from first: Int64,
        _ progress: Progress,
        _ past: (Int64) throws -> ConnectionFolds.Past
    ) throws -> Fold {
        var fold = begun
        try log.forEach(from: first) { position, header, checksum, body in
            try fold.take(
                position: position,
                header,
                checksum: checksum,
                body,
                past: past
            )
            progress(position)
            return true
        }
        return fold
    }
}
