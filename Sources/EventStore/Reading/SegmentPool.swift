/// The segments that a reader has open: a bounded number of them, since a log can have more than a
/// process may have files.
struct SegmentPool {
    /// How many stay open at most.
    private let limit: Int
    private let besideWriter: Bool
    /// The one used last at the end.
    private(set) var readers: [SegmentReader] = []

    /// `besideWriter`: as for ``LogReader``.
    init(limit: Int = 32, besideWriter: Bool = false) {
        self.limit = limit
        self.besideWriter = besideWriter
    }

    /// The segment's reader, opened when it is not open yet.
    mutating func reader(of segment: Segment) throws(StoreError) -> SegmentReader {
        if let index = readers.lastIndex(where: { $0.segment == segment }) {
            if index != readers.count - 1 { readers.append(readers.remove(at: index)) }
            return readers[readers.count - 1]
        }
        if readers.count >= limit { readers.removeFirst() }
        let opened = try SegmentReader(segment, besideWriter: besideWriter)
        readers.append(opened)
        return opened
    }

    /// Closes one segment.
    mutating func close(_ segment: Segment) { readers.removeAll { $0.segment == segment } }

    /// Closes those that are not sealed, except for one: SQLite lets nobody take a file out of WAL mode,
    /// which sealing ends with, while another connection has it open.
    mutating func closeUnsealed(except kept: Segment? = nil) {
        readers.removeAll { $0.seal == nil && $0.segment != kept }
    }
}
