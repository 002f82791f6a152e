import EventStore
import Postmortem

extension LogReader {
    /// All connections of the log, the newest last.
    func summaries() throws -> [ConnectionSummary] {
        var summaries = ConnectionSummaries()
        try forEach { position, header, checksum, body in
            summaries.take(position: position, header, checksum: checksum, body)
            return true
        }
        return summaries.connections
    }

    /// The connections that an id stands for: a connection number, the id in the path, or a session
    /// that it was bound to. Throws ``NotFound`` when there is none.
    func connections(_ id: String, folder: String) throws -> [ConnectionSummary] {
        let number = Int64(id)
        let found = try summaries().filter { $0.connection == number || $0.answers(to: id) }
        if found.isEmpty { throw NotFound(id: id, folder: folder) }
        return found
    }
}
