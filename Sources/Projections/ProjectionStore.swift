import EventStore
import Postmortem
import Schema

/// A projections file that is open. For one thread at a time.
final class ProjectionStore {
    /// "GWPJ": the `application_id` that marks a file as one of projections.
    static let applicationID: Int64 = 0x4757_504A
    /// The `user_version`. A file of another format is made again.
    static let format: Int64 = 1
    /// How long to wait for others that use the file, ms.
    private static let patience: Int32 = 2_000

    /// All events up to this position are in it.
    private(set) var through: Int64 = 0
    /// The checksum of the event there; 0: there is none.
    private(set) var checksum: UInt32 = 0

    let database: Database
    let lookup: Statement
    private let connection: Statement
    private let binding: Statement
    private let turn: Statement

    /// Makes a new file, in which nothing is safe until it is committed.
    init(creating path: String) throws(StoreError) {
        database = try Database(path, for: .create, patience: Self.patience)
        try database.execute(
            """
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA application_id = \(Self.applicationID);
            PRAGMA user_version = \(Self.format);
            \(Schema.projectionsSQL)
            INSERT INTO projection VALUES(0, 0);
            """,
            to: "set up"
        )
        lookup = try database.prepare(ConnectionColumns.select(where: "connection = ?1"))
        connection = try database.prepare(ConnectionColumns.upsert)
        binding = try database.prepare("INSERT OR REPLACE INTO bindings VALUES(?,?,?,?,?)")
        turn = try database.prepare("INSERT OR REPLACE INTO turns VALUES(?,?,?,?,?,?,?,?,?,?)")
    }

    /// Opens a file and makes sure that it belongs to a log. Throws ``UnusableProjections`` when it does
    /// not, is damaged or none of this version; and ``StoreError`` when the log cannot be read.
    convenience init(opening path: String, for access: Database.Access, of log: LogReader) throws {
        do throws(StoreError) {
            try self.init(opening: path, for: access)
        } catch {
            throw UnusableProjections(reason: error)
        }
        guard through != 0 else { return }
        guard let event = try log.event(at: through), event.checksum == checksum else {
            throw UnusableProjections(reason: .foreignProjections(path))
        }
    }

    private init(opening path: String, for access: Database.Access) throws(StoreError) {
        database = try Database(path, for: access, patience: Self.patience)
        let mark = try database.integer("PRAGMA application_id")
        let format = try database.integer("PRAGMA user_version")
        guard mark == Self.applicationID, format == Self.format else {
            throw .foreignProjections(path)
        }
        // Pages that change stay in memory until the commit: to write one earlier would shut out readers.
        if case .write = access {
            let rules = "PRAGMA cache_spill = OFF; PRAGMA synchronous = NORMAL"
            try database.execute(rules, to: "set up")
        }
        lookup = try database.prepare(ConnectionColumns.select(where: "connection = ?1"))
        connection = try database.prepare(ConnectionColumns.upsert)
        binding = try database.prepare("INSERT OR REPLACE INTO bindings VALUES(?,?,?,?,?)")
        turn = try database.prepare("INSERT OR REPLACE INTO turns VALUES(?,?,?,?,?,?,?,?,?,?)")
        try readState()
    }

    /// Reads how far the file is true, as of now or of the transaction that is open.
    private func readState() throws(StoreError) {
        let row = try database.prepare("SELECT through, checksum FROM projection")
        guard try row.step(to: "read"), let checksum = UInt32(exactly: row.integer(1)) else {
            throw .foreignProjections(database.path)
        }
        through = row.integer(0)
        self.checksum = checksum
    }

    /// Reads what `choose` chooses, and how far that is true.
    func read<Rows>(
        _ choose: (ProjectionStore) throws(StoreError) -> Rows
    ) throws(StoreError) -> (rows: Rows, through: Int64) {
        try database.execute("BEGIN", to: "read")
        // The end of a transaction that only reads; where it fails, closing the file ends it.
        defer { try? database.execute("ROLLBACK", to: "read") }
        try readState()
        return (try choose(self), through)
    }

    func begin() throws(StoreError) { try database.execute("BEGIN IMMEDIATE", to: "write") }

    /// Commits what has been stored since ``begin()``: with it the file is true up to an event.
    func commit(through position: Int64, checksum: UInt32) throws(StoreError) {
        try database.execute(
            "UPDATE projection SET through = \(position), checksum = \(checksum); COMMIT",
            to: "write"
        )
        through = position
        self.checksum = checksum
    }

    func store(_ changes: SummaryChanges) throws(StoreError) {
        for binding in changes.bindings { try store(binding) }
        for turn in changes.turns { try store(turn) }
        for summary in changes.finished { try store(summary) }
        for late in changes.late {
            guard var summary = try summary(of: late.connection) else { continue }
            summary.take(late)
            try store(summary)
        }
    }

    /// Stores how far a connection has come that is not finished.
    func store(_ unfinished: ConnectionFold) throws(StoreError) {
        try store(unfinished.summary)
        if let turn = unfinished.turn { try store(turn) }
    }

    /// Removes what nothing in the log tells of any more.
    func forget(before first: Int64) throws(StoreError) {
        try database.execute(
            """
            DELETE FROM connections WHERE last_position < \(first);
            DELETE FROM bindings WHERE position < \(first)
                AND connection NOT IN (SELECT connection FROM connections);
            DELETE FROM turns WHERE position < \(first)
                AND connection NOT IN (SELECT connection FROM connections);
            """,
            to: "write"
        )
    }

    private func store(_ summary: ConnectionSummary) throws(StoreError) {
        try ConnectionColumns.bind(summary, to: connection)
        try connection.run(to: "write")
    }

    private func store(_ made: Binding) throws(StoreError) {
        binding.bind(made.position, at: 1)
        binding.bind(made.connection, at: 2)
        binding.bind(made.at, at: 3)
        try binding.bind(made.earlierID, at: 4)
        try binding.bind(made.sessionID, at: 5)
        try binding.run(to: "write")
    }

    private func store(_ made: TurnSummary) throws(StoreError) {
        turn.bind(made.position, at: 1)
        turn.bind(made.connection, at: 2)
        turn.bind(made.request, at: 3)
        turn.bind(made.at, at: 4)
        turn.bind(made.status, at: 5)
        turn.bind(made.chunks, at: 6)
        turn.bind(made.end?.position, at: 7)
        turn.bind(made.end?.at, at: 8)
        turn.bind((made.end?.kind.rawValue).map(Int64.init), at: 9)
        turn.bind(made.end?.detail, at: 10)
        try turn.run(to: "write")
    }
}

extension StoreError {
    /// The error that a system call for a projections file has just left in `errno`.
    static func creating(_ path: String) -> StoreError { .system("create", path) }

    static func foreignProjections(_ path: String) -> StoreError {
        StoreError(.notALog, "\(path) holds no projections of this log in the form known here")
    }
}
