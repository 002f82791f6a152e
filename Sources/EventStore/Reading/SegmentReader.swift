import CSQLite
import Events
import Glibc

/// A read-only connection to one segment.
final class SegmentReader {
    let segment: Segment

    private let database: Database
    private let rows: Statement
    private let next: Statement

    /// Positions a query goes over at most. Each query is a transaction of its own, and one that
    /// lasts keeps the writer from starting its write-ahead log anew.
    private static let stride: Int64 = 4_096

    init(_ segment: Segment) throws(StoreError) {
        self.segment = segment
        database = try Database.reading(segment)
        rows = try database.prepare(
            """
            SELECT \(Statement.eventColumns) FROM events
            WHERE position BETWEEN ?1 AND ?2
                AND (?3 IS NULL OR connection = ?3)
                AND (?4 IS NULL OR (?4 >> kind) & 1)
            ORDER BY position
            """
        )
        next = try database.prepare("SELECT min(position) FROM events WHERE position >= ?1")
    }

    /// Position of the last event; 0: there is none.
    func lastPosition() throws(StoreError) -> Int64 {
        try database.integer("SELECT max(position) FROM events")
    }

    /// Gives the events of a selection in order until the body returns false. Returns whether it
    /// never did.
    func forEach(
        _ selection: EventSelection,
        _ body: EventVisitor
    ) throws -> Bool {
        var from = selection.from
        while let first = try position(atOrAfter: from), first <= selection.through {
            let reach = first < .max - Self.stride ? first + Self.stride - 1 : .max
            let last = min(selection.through, reach)
            guard try visit(selection, first, last, body) else { return false }
            guard last < selection.through else { break }
            from = last + 1
        }
        return true
    }

    private func position(atOrAfter from: Int64) throws(StoreError) -> Int64? {
        next.bind(from, at: 1)
        defer { next.reset() }
        guard try next.step(to: "read"), !next.isNull(0) else { return nil }
        return next.integer(0)
    }

    private func visit(
        _ selection: EventSelection,
        _ first: Int64,
        _ last: Int64,
        _ body: EventVisitor
    ) throws -> Bool {
        rows.bind(first, at: 1)
        rows.bind(last, at: 2)
        rows.bind(selection.connection, at: 3)
        rows.bind(selection.kindMask, at: 4)
        defer { rows.reset() }
        while try rows.step(to: "read") {
            let isWanted = try rows.withBody { bytes in
                try body(rows.position, rows.header, rows.checksum, bytes)
            }
            guard isWanted else { return false }
        }
        return true
    }
}
