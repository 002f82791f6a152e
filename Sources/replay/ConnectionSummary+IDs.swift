import EventStore
import Postmortem
import Projections

extension ConnectionSummary {
    /// The id in the path and the session it led to: `new_1 → abc-123`.
    var ids: String {
        let path = pathID.isEmpty ? "?" : pathID
        guard let session = sessionID, session != path else { return path }
        return "\(path) → \(session)"
    }

    /// The line above what is said of it.
    var heading: String {
        let opened = Timestamp.dateAndTime(openedAt)
        return "connection \(connection)  \(TerminalText.make(ids))  opened \(opened) UTC"
            + "  closed: \(ending)"
    }
}

extension ConnectionDirectory {
    /// The connections that an id stands for. Throws ``NotFound`` when there is none.
    static func connections(
        _ id: String,
        folder: String,
        _ log: LogReader,
        _ output: Output
    ) throws -> [ConnectionSummary] {
        let progress = ProgressLine(
            "looking for \(TerminalText.make(id))",
            descriptor: output.errors,
            end: try log.lastPosition()
        )
        defer { progress.remove() }
        let directory = ConnectionDirectory(folder: folder, log: log)
        let found = try directory.answering(to: id) { progress.note($0) }
        guard found.isEmpty else { return found }
        var nearest = NearestIDs(to: id)
        try directory.forEachID({ progress.note($0) }) { nearest.take($0, of: $1) }
        throw NotFound(id: id, folder: folder, nearest: nearest)
    }
}

extension ConnectionSummary {
    /// Position of its last event, when no more are to be expected.
    var end: Int64 { isFinished ? lastPosition : .max }
}
