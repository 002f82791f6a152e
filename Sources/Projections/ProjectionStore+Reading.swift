import EventStore
import Postmortem

extension ProjectionStore {
    /// What is known of a connection, but for the ids it was bound to.
    func summary(of connection: Int64) throws(StoreError) -> ConnectionSummary? {
        lookup.bind(connection, at: 1)
        defer { lookup.reset() }
        return try lookup.step(to: "read") ? ConnectionColumns.read(lookup) : nil
    }

    /// All connections with an event at or after a position, the newest last.
    func summaries(since first: Int64) throws(StoreError) -> [ConnectionSummary] {
        let rows = try database.prepare(ConnectionColumns.select(where: "last_position >= ?1"))
        rows.bind(first, at: 1)
        var found: [ConnectionSummary] = []
        var places: [Int64: Int] = [:]
        while try rows.step(to: "read") {
            let summary = ConnectionColumns.read(rows)
            places[summary.connection] = found.count
            found.append(summary)
        }
        let sql = "SELECT connection, session_id FROM bindings ORDER BY position"
        let bindings = try database.prepare(sql)
        while try bindings.step(to: "read") {
            guard let place = places[bindings.integer(0)] else { continue }
            found[place].addBinding(to: bindings.text(1) ?? "")
        }
        return found
    }

    /// The connections of a dialogue, whose ids are followed as far as they lead.
    func summaries(of dialogue: inout Dialogue) throws(StoreError) -> [ConnectionSummary] {
        let rows = try database.prepare(
            ConnectionColumns.select(
                where: """
                    path_id = ?1 AND has_opening
                    OR connection IN (SELECT connection FROM bindings WHERE session_id = ?1)
                    """
            )
        )
        let sql = "SELECT session_id FROM bindings WHERE connection = ?1 ORDER BY position"
        let bindings = try database.prepare(sql)
        var found: [Int64: ConnectionSummary] = [:]
        var followed = 0
        while followed < dialogue.ids.count {
            try rows.bind(dialogue.ids[followed], at: 1)
            followed += 1
            var new: [ConnectionSummary] = []
            while try rows.step(to: "read") {
                var summary = ConnectionColumns.read(rows)
                guard found[summary.connection] == nil else { continue }
                bindings.bind(summary.connection, at: 1)
                while try bindings.step(to: "read") {
                    summary.addBinding(to: bindings.text(0) ?? "")
                }
                found[summary.connection] = summary
                new.append(summary)
            }
            _ = dialogue.extend(over: new)
        }
        return found.values.sorted { $0.firstPosition < $1.firstPosition }
    }
}
