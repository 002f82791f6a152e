import CSQLite
import Events

/// The INSERT statements of a segment. Several rows a statement save a fifth of the time of large
/// commits, hence two: one for a run of rows, one for what is left.
struct RowInserter: ~Copyable {
    private static let runLength = 16
    private static let columns: Int32 = 10
    private static let runSlots = Int32(runLength) * columns

    private let run: Statement
    private let single: Statement

    init(_ database: borrowing Database) throws(StoreError) {
        let run = try database.prepare(Self.sql(rows: Self.runLength))
        let single = try database.prepare(Self.sql(rows: 1))
        self.run = run
        self.single = single
    }

    private static func sql(rows: Int) -> String {
        let row = "(?,?,?,?,?,?,?,?,?,?)"
        let values = Array(repeating: row, count: rows).joined(separator: ",")
        return "INSERT INTO events(\(Statement.eventColumns)) VALUES\(values)"
    }

    /// Inserts a batch's events and moves the tail on with each.
    func insert(_ batch: EventBatch, after tail: inout LogTail) throws(StoreError) {
        var next = 0
        for (index, body) in batch.shared {
            try insert(batch, next..<index, after: &tail)
            try body.withUnsafeBufferPointer { (body) throws(StoreError) in
                try Self.bind(batch.headers[index], body, after: &tail, in: single, 0)
                try single.run(to: "write")
            }
            next = index + 1
        }
        try insert(batch, next..<batch.count, after: &tail)
    }

    /// Inserts events whose bodies are in the arena.
    private func insert(
        _ batch: EventBatch,
        _ range: Range<Int>,
        after tail: inout LogTail
    ) throws(StoreError) {
        let headers = batch.headers
        let ends = batch.ends
        try batch.arena.withUnsafeBufferPointer { (arena) throws(StoreError) in
            var start = range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1]
            var slot: Int32 = 0
            let inRuns = range.upperBound - range.count % Self.runLength
            for index in range {
                let body = UnsafeBufferPointer(rebasing: arena[start..<ends[index]])
                start = ends[index]
                if index < inRuns {
                    try Self.bind(headers[index], body, after: &tail, in: run, slot)
                    slot += Self.columns
                    if slot < Self.runSlots { continue }
                    slot = 0
                    try run.run(to: "write")
                } else {
                    try Self.bind(headers[index], body, after: &tail, in: single, slot)
                    try single.run(to: "write")
                }
            }
        }
    }

    /// Binds one event to the parameters after `slot`. The body is not copied: the arena outlives
    /// the step.
    private static func bind(
        _ header: EventHeader,
        _ body: UnsafeBufferPointer<UInt8>,
        after tail: inout LogTail,
        in statement: borrowing Statement,
        _ slot: Int32
    ) throws(StoreError) {
        var header = header
        tail.position &+= 1
        if header.connection == 0 {
            tail.gatewayOrdinal &+= 1
            header.ordinal = tail.gatewayOrdinal
        }
        statement.bind(tail.position, at: slot + 1)
        statement.bind(header.connection, at: slot + 2)
        statement.bind(header.ordinal, at: slot + 3)
        statement.bind(header.cause, at: slot + 4)
        statement.bind(header.at, at: slot + 5)
        statement.bind(Int64(header.kind), at: slot + 6)
        statement.bind(Int64(header.version), at: slot + 7)
        statement.bind(header.detail, at: slot + 8)
        statement.bind(Int64(header.checksum(over: body.span)), at: slot + 9)
        try statement.bind(body, at: slot + 10)
    }
}
