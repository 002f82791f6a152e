import EventStore
import Events
import Postmortem

extension ConnectionDirectory {
    /// Gives each id of each connection: the one in its path and the sessions it was told of. Nothing is kept
    /// of them.
    public func forEachID(
        _ progress: Progress = { _ in },
        _ visit: (_ id: String, _ connection: Int64) -> Void
    ) throws {
        var first = try log.firstPosition()
        if let store {
            let known = try? store.read { store throws(StoreError) in
                try store.forEachID(since: first, visit)
            }
            if let known { first = max(first, known.through + 1) }
        }
        var infos = TypePattern("session_info")
        var reading = PayloadReading()
        try log.forEach(kinds: [.connectionOpened, .chunkReceived], from: first) {
            position,
            header,
            _,
            body in
            if header.knownKind == .connectionOpened || infos.matches(header, body),
                let id = reading.read(header, body).id, !id.isEmpty
            {
                visit(id, header.connection)
            }
            progress(position)
            return true
        }
    }
}

extension ProjectionStore {
    /// Gives the ids of connections that have an event at or after a position.
    func forEachID(
        since first: Int64,
        _ visit: (_ id: String, _ connection: Int64) -> Void
    ) throws(StoreError) {
        let rows = try database.prepare(
            """
            SELECT path_id, connection FROM connections WHERE last_position >= ?1 AND has_opening
            UNION ALL
            SELECT session_id, connection FROM bindings
            WHERE connection IN (SELECT connection FROM connections WHERE last_position >= ?1)
            """
        )
        rows.bind(first, at: 1)
        while try rows.step(to: "read") {
            if let id = rows.text(0), !id.isEmpty { visit(id, rows.integer(1)) }
        }
    }
}
