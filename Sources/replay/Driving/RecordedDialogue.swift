import EventStore
import Events
import Postmortem
import Projections

/// What the log has of a dialogue: its connections and their turns, and the REST calls of the log.
struct RecordedDialogue {
    /// In the order of their openings.
    let connections: [ConnectionSummary]
    private var folded = RecordedTurns()
    private var forwarded = RecordedCalls()

    /// In the order of their requests.
    var turns: [RecordedTurn] { folded.turns }
    /// In the order in which they went to the agent.
    var calls: [RecordedCall] { forwarded.calls }

    /// Reads it. Throws ``NotFound`` when nothing answers to the id.
    init(_ id: String, folder: String, _ log: LogReader, _ output: Output) throws {
        connections = try Self.connections(id, folder: folder, log, output)
        try Self.forEach(connections, log) { position, header, body in
            folded.take(position: position, header, body)
        }
        try log.forEach(kinds: [.restForwarded, .restExchanged]) { _, header, _, body in
            forwarded.take(header, body)
            return true
        }
    }

    /// The connections of a dialogue. Throws ``NotFound`` when nothing answers to the id.
    static func connections(
        _ id: String,
        folder: String,
        _ log: LogReader,
        _ output: Output
    ) throws -> [ConnectionSummary] {
        try ConnectionDirectory.connections(id, folder: folder, log, output)
    }

    /// Gives the rows of the connections in the order of their positions.
    static func forEach(
        _ connections: [ConnectionSummary],
        _ log: LogReader,
        _ body: (Int64, EventHeader, Span<UInt8>) -> Void
    ) throws {
        let numbers = Set(connections.map(\.connection))
        guard let first = connections.map(\.firstPosition).min(),
            let last = connections.map(\.end).max()
        else { return }
        if let only = connections.first, connections.count == 1 {
            return try log.forEach(
                connection: only.connection,
                from: first,
                through: only.end
            ) { position, header, _, bytes in
                body(position, header, bytes)
                return true
            }
        }
        try log.forEach(from: first, through: last) { position, header, _, bytes in
            if numbers.contains(header.connection) { body(position, header, bytes) }
            return true
        }
    }
}
