import CSQLite
import Events

/// Goes over the events of a selection, segment by segment, one row at a time.
///
/// As for ``SegmentReader``: a segment that is not sealed is read by some thousand rows a transaction.
final class EventsCursor {
    private let source: EventsSource
    private var segments: ArraySlice<Segment> = []
    private var selection = EventSelection(connection: nil, from: 1, through: 0, kinds: nil)
    private var reader: Part?

    /// A segment that is being read.
    private final class Part {
        let database: Database
        let rows: Statement
        let first: Statement
        let isSealed: Bool
        /// Last position of the query under way, and of the segment.
        var reach: Int64 = 0
        let end: Int64

        init(_ segment: Segment, _ selection: EventSelection, end: Int64) throws(StoreError) {
            database = try Database.reading(segment)
            isSealed = database.sealBounds() != nil
            self.end = end
            rows = try database.prepare(SegmentQuery(selection, isSealed: isSealed).sql)
            rows.bind(selection.connection, at: 3)
            rows.bind(selection.kindMask, at: 4)
            first = try database.prepare("SELECT min(position) FROM events WHERE position >= ?1")
        }

        /// The first position from one on; nil: there is none.
        func position(atOrAfter from: Int64) throws(StoreError) -> Int64? {
            first.bind(from, at: 1)
            defer { first.reset() }
            guard try first.step(to: "read"), !first.isNull(0) else { return nil }
            return first.integer(0)
        }
    }

    /// Positions a query goes over at most in a segment that is not sealed.
    private static let stride: Int64 = 4_096

    /// How often a segment that is just changing is opened again.
    private static let attempts = 5

    init(_ source: EventsSource) { self.source = source }

    /// Whether there is no row any more.
    var isAtEnd: Bool { reader == nil }

    /// Begins anew; goes to the first row.
    func begin(_ plan: EventsPlan, _ values: [Int64?]) throws(StoreError) {
        reader = nil
        segments = []
        let snapshot = try source.snapshot()
        guard let selection = plan.selection(values, through: snapshot.through) else { return }
        self.selection = selection
        segments = snapshot.segments[...]
        try advance()
    }

    /// Goes to the next row.
    func advance() throws(StoreError) {
        while true {
            if let reader {
                if try reader.rows.step(to: "read") { return }
                if try begin(after: reader) { continue }
                self.reader = nil
            }
            guard let segment = segments.popFirst() else { return }
            let end = min(selection.through, segments.first.map { $0.firstPosition - 1 } ?? .max)
            guard end >= selection.from, segment.firstPosition <= selection.through else {
                continue
            }
            guard let part = try open(segment, end: end) else { continue }
            part.reach = selection.from - 1
            if try begin(after: part) { reader = part }
        }
    }

    /// Opens a segment, which may just be changing; nil: it has been removed.
    private func open(_ segment: Segment, end: Int64) throws(StoreError) -> Part? {
        var attempt = 1
        while true {
            do throws(StoreError) {
                return try Part(segment, selection, end: end)
            } catch {
                if source.isRemoved(segment) { return nil }
                guard error.isPassing, attempt < Self.attempts else { throw error }
                attempt += 1
            }
        }
    }

    /// Begins the next query of a part; false: there is none.
    private func begin(after part: Part) throws(StoreError) -> Bool {
        guard part.reach < part.end,
            let first = try part.position(atOrAfter: part.reach + 1), first <= part.end
        else { return false }
        let isFar = part.isSealed || first > .max - Self.stride
        part.reach = min(part.end, isFar ? .max : first + Self.stride - 1)
        part.rows.bind(first, at: 1)
        part.rows.bind(part.reach, at: 2)
        return true
    }

    /// It cannot go on.
    func fail(_ error: StoreError) { source.failure = error }

    /// Position of the row.
    var position: Int64 { reader?.rows.position ?? 0 }

    /// Gives a column of the row to SQLite.
    func give(_ column: Int32, to context: OpaquePointer?) {
        guard let reader else { return sqlite3_result_null(context) }
        sqlite3_result_value(context, sqlite3_column_value(reader.rows.pointer, column))
    }
}
