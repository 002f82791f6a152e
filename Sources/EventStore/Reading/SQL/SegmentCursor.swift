/// Goes over the events of a selection in one segment, one row at a time.
///
/// As for ``SegmentReader``: one that is not sealed is read by some thousand rows a transaction.
final class SegmentCursor {
    let reader: SegmentReader
    let rows: Statement
    /// Position through which rows have been given.
    private(set) var given: Int64
    /// Last position of the query under way.
    private var reach: Int64
    /// The last position that is looked at.
    let end: Int64

    init(_ segment: Segment, _ selection: EventSelection, end: Int64) throws(StoreError) {
        reader = try SegmentReader(segment, besideWriter: false)
        rows = try reader.statement(for: selection)
        given = selection.from - 1
        reach = given
        self.end = end
    }

    /// Goes to the next row; false: there is none. Before the first query the statement gives none.
    func advance() throws(StoreError) -> Bool {
        while true {
            if try rows.step(to: "read") {
                // Of a page that was torn, SQLite can give rows that are not there.
                guard rows.position > given, rows.position <= reach else { throw reader.disorder }
                given = rows.position
                return true
            }
            guard try begin() else { return false }
        }
    }

    /// Begins the next query; false: there is none.
    private func begin() throws(StoreError) -> Bool {
        guard reach < end, let first = try reader.position(atOrAfter: reach + 1), first <= end
        else { return false }
        let isFar = reader.seal != nil || first > .max - SegmentReader.stride
        reach = min(end, isFar ? .max : first + SegmentReader.stride - 1)
        rows.bind(first, at: 1)
        rows.bind(reach, at: 2)
        return true
    }
}
