import CSQLite
import Events

/// Goes over the events of a selection, segment by segment, one row at a time.
final class EventsCursor {
    private let source: EventsSource
    private var segments: ArraySlice<Segment> = []
    private var selection = EventSelection(connection: nil, from: 1, through: 0, kinds: nil)
    private var part: SegmentCursor?

    /// How often a segment that is just changing is opened again.
    private static let attempts = 5

    init(_ source: EventsSource) { self.source = source }

    /// Whether there is no row any more.
    var isAtEnd: Bool { part == nil }

    /// Begins anew; goes to the first row.
    func begin(_ plan: EventsPlan, _ values: [Int64?]) throws(StoreError) {
        part = nil
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
            if let part {
                if try advance(part) { return }
                self.part = nil
            }
            guard let segment = segments.popFirst() else { return }
            let end = min(selection.through, segments.first.map { $0.firstPosition - 1 } ?? .max)
            guard end >= selection.from, segment.firstPosition <= selection.through else {
                continue
            }
            part = try open(segment, end: end)
        }
    }

    /// Goes to the next row of a segment; false: there is none that can be read.
    private func advance(_ part: SegmentCursor) throws(StoreError) -> Bool {
        do throws(StoreError) {
            if try part.advance() {
                source.noteRow()
                return true
            }
            if part.reader.isCut, part.given < part.end { throw part.reader.lostEnd }
        } catch {
            try source.pass(over: part.reader.segment, from: part.given + 1, part.end, error)
        }
        return false
    }

    /// Opens a segment, which may just be changing; nil: it has been removed, or cannot be read.
    private func open(_ segment: Segment, end: Int64) throws(StoreError) -> SegmentCursor? {
        var attempt = 1
        while true {
            do throws(StoreError) {
                return try SegmentCursor(segment, selection, end: end)
            } catch {
                if source.isRemoved(segment) { return nil }
                guard !error.isPassing || attempt >= Self.attempts else {
                    attempt += 1
                    continue
                }
                let first = max(selection.from, segment.firstPosition)
                try source.pass(over: segment, from: first, end, error)
                return nil
            }
        }
    }

    /// It cannot go on.
    func fail(_ error: StoreError) { source.failure = error }

    /// Position of the row.
    var position: Int64 { part?.rows.position ?? 0 }

    /// Gives a column of the row to SQLite.
    func give(_ column: Int32, to context: OpaquePointer?) {
        guard let part else { return sqlite3_result_null(context) }
        sqlite3_result_value(context, sqlite3_column_value(part.rows.pointer, column))
    }
}
