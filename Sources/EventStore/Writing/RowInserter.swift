import CSQLite
import Events

/// The INSERT statements of a segment. Several rows a statement save a third of SQLite's time, and a
/// position that SQLite gives by itself, the one after the last row's, a tenth; hence three: for a long run
/// of rows, for a short one, and for a single row, which says its position.
struct RowInserter: ~Copyable {
    private static let longRun = 32
    private static let shortRun = 8
    /// The columns that every statement binds, in their order.
    private static let columns =
        "connection, ordinal, cause, at, kind, version, detail, checksum, body"
    private static let columnCount: Int32 = 9

    private let long: Statement
    private let short: Statement
    private let single: Statement
    private let firstPosition: Int64

    /// For a segment that begins at that position.
    init(_ database: borrowing Database, firstPosition: Int64) throws(StoreError) {
        let long = try database.prepare(Self.sql(rows: Self.longRun))
        let short = try database.prepare(Self.sql(rows: Self.shortRun))
        let single = try database.prepare(
            "INSERT INTO events(\(Self.columns), position) VALUES(?,?,?,?,?,?,?,?,?,?)"
        )
        self.long = long
        self.short = short
        self.single = single
        self.firstPosition = firstPosition
    }

    /// What fails takes the whole transaction with it (`OR ROLLBACK`): otherwise SQLite would keep a copy of
    /// each page that a statement of several rows changes, to take back that statement alone.
    private static func sql(rows: Int) -> String {
        let values = Array(repeating: "(?,?,?,?,?,?,?,?,?)", count: rows).joined(separator: ",")
        return "INSERT OR ROLLBACK INTO events(\(columns)) VALUES\(values)"
    }

    /// Inserts a batch's events and moves the tail on with each.
    func insert(_ batch: EventBatch, after tail: inout LogTail) throws(StoreError) {
        var next = 0
        for (index, body) in batch.shared {
            try insert(batch, next..<index, after: &tail)
            try body.withUnsafeBufferPointer { (body) throws(StoreError) in
                single.bind(tail.position &+ 1, at: Self.columnCount + 1)
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
        var index = range.lowerBound
        while index < range.upperBound {
            let rest = range.upperBound - index
            // Of an empty table SQLite would number the first row 1.
            if rest < Self.shortRun || tail.position < firstPosition {
                single.bind(tail.position &+ 1, at: Self.columnCount + 1)
                try Self.insert(batch, index..<index + 1, after: &tail, by: single)
                index += 1
            } else if rest < Self.longRun {
                try Self.insert(batch, index..<index + Self.shortRun, after: &tail, by: short)
                index += Self.shortRun
            } else {
                try Self.insert(batch, index..<index + Self.longRun, after: &tail, by: long)
                index += Self.longRun
            }
        }
    }

    /// Inserts as many events as the statement has rows. The bodies are not copied: the arena outlives the
    /// step.
    private static func insert(
        _ batch: EventBatch,
        _ range: Range<Int>,
        after tail: inout LogTail,
        by statement: borrowing Statement
    ) throws(StoreError) {
        let headers = batch.headers
        let ends = batch.ends
        try batch.arena.withUnsafeBufferPointer { (arena) throws(StoreError) in
            var start = range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1]
            var slot: Int32 = 0
            for index in range {
                let body = UnsafeBufferPointer(rebasing: arena[start..<ends[index]])
                start = ends[index]
                try bind(headers[index], body, after: &tail, in: statement, slot)
                slot += columnCount
            }
            try statement.run(to: "write")
        }
        guard statement.lastPosition == tail.position else {
            throw StoreError(.damaged, "the log goes on at another position than \(tail.position)")
        }
    }

    /// Binds one event to the parameters after `slot`.
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
        statement.bind(header.connection, at: slot + 1)
        statement.bind(header.ordinal, at: slot + 2)
        statement.bind(header.cause, at: slot + 3)
        statement.bind(header.at, at: slot + 4)
        statement.bind(Int64(header.kind), at: slot + 5)
        statement.bind(Int64(header.version), at: slot + 6)
        statement.bind(header.detail, at: slot + 7)
        statement.bind(Int64(header.checksum(over: body.span)), at: slot + 8)
        try statement.bind(body, at: slot + 9)
    }
}

extension Statement {
    /// Position of the row that was inserted last.
    fileprivate var lastPosition: Int64 {
        sqlite3_last_insert_rowid(sqlite3_db_handle(pointer))
    }
}
