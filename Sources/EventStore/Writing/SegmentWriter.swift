import CSQLite
import Events

/// The one connection that writes and checkpoints a segment. Used by one thread at a time.
final class SegmentWriter {
    let segment: Segment
    /// Where the segment goes on after what has been committed.
    var tail: LogTail
    /// Size of the write-ahead log as of the last commit, in bytes (SQLite's file format, §4.1).
    var walBytes: Int { Int(walFrames.pointee) * (pageBytes + 24) + 32 }
    /// About the size that the file has once the write-ahead log is in it.
    private(set) var fileBytes: Int

    let database: Database
    private var isUnsynced = false
    private let begin: Statement
    private let commit: Statement
    private let inserter: RowInserter
    private let pageBytes: Int
    private let walFrames: UnsafeMutablePointer<Int32>

    /// Opens a segment whose file is there. The tail holds nothing but the
    /// positions before the segment until the caller has read it.
    init(
        _ segment: Segment,
        sync: LogSync,
        tuning: WriterTuning
    ) throws(StoreError) {
        database = try Database(
            path: segment.path,
            flags: SQLITE_OPEN_READWRITE,
            patience: tuning.lockPatience
        )
        try database.prepareSegment(sync: sync, tuning: tuning)
        begin = try database.prepare("BEGIN IMMEDIATE")
        commit = try database.prepare("COMMIT")
        inserter = try RowInserter(database, firstPosition: segment.firstPosition)
        pageBytes = Int(try database.integer("PRAGMA page_size"))
        self.segment = segment
        tail = LogTail(position: segment.firstPosition - 1, gatewayOrdinal: 0)
        let pages = try database.integer("PRAGMA page_count")
        fileBytes = Int(pages) * pageBytes
        walFrames = .allocate(capacity: 1)
        walFrames.initialize(to: 0)
        sqlite3_wal_hook(database.connection, Self.noteFrames, walFrames)
    }

    /// Lets the first commit to a new segment do without the sync of the write-ahead log's header, which
    /// SQLite makes even with `synchronous=NORMAL`: on a busy disk it takes long. The sync keeps a log that
    /// is begun anew from being taken for the old one; where there has been none, a loss of power can
    /// only lose the newest events, as ever with ``LogSync/normal``.
    func leaveFirstCommitUnsynced() throws(StoreError) {
        try database.execute("PRAGMA synchronous = OFF", to: "set up")
        isUnsynced = true
    }

    private typealias WALHook =
        @convention(c) (
            UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?, Int32
        ) -> Int32

    /// Called by SQLite after each commit. Also takes the place of its own checkpoints at commit
    /// (`wal_autocheckpoint`).
    private static let noteFrames: WALHook = { context, _, _, frames in
        context?.assumingMemoryBound(to: Int32.self).pointee = frames
        return SQLITE_OK
    }

    deinit {
        sqlite3_wal_hook(database.connection, nil, nil)
        walFrames.deallocate()
    }

    /// Appends all events in one transaction: all of them are in the log, or none.
    func append(_ batches: some Sequence<EventBatch>) throws(StoreError) {
        var moved = tail
        do {
            try begin.run(to: "write")
            for batch in batches {
                batch.firstPosition = moved.position + 1
                try inserter.insert(batch, after: &moved)
            }
            try commit.run(to: "write")
        } catch {
            rollBack()
            throw error
        }
        tail = moved
        if isUnsynced { syncFromNowOn() }
        for batch in batches { fileBytes += batch.byteCount + batch.count * Self.rowBytes }
    }

    /// Should it fail, what has been committed is committed; the next commit tries again.
    private func syncFromNowOn() {
        let code = sqlite3_exec(database.connection, "PRAGMA synchronous = NORMAL", nil, nil, nil)
        isUnsynced = code != SQLITE_OK
    }

    /// Bytes of a row in the file besides the body, about (docs/performance.md).
    private static let rowBytes = 40

    /// Whether the connection can go on; false when a rollback has failed too.
    var isUsable: Bool { database.isIdle }

    private func rollBack() {
        guard !database.isIdle else { return }
        // Nothing to add to the error that led here: `isUsable` tells how it went.
        try? database.execute("ROLLBACK", to: "roll back")
    }

    /// Copies what readers do not hold back from the write-ahead log into the file, without waiting.
    /// A failure loses nothing, the log stays as it is, and shows at the next commit if it matters.
    /// SQLite starts the write-ahead log anew when all of it is copied and no reader is in it.
    func checkpoint() {
        guard !isUnsynced else { return }
        sqlite3_wal_checkpoint_v2(database.connection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    }

    /// Copies the whole write-ahead log into the file and empties it, as far as readers allow.
    func checkpointAndTruncate() {
        sqlite3_wal_checkpoint_v2(database.connection, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    }

    /// Reads the segment's rows past a position, in order.
    func forEachRow(
        after position: Int64,
        _ body: (borrowing Statement) -> Void
    ) throws(StoreError) {
        let rows = try database.prepare(
            "SELECT \(Statement.eventColumns) FROM events WHERE position > ?1 ORDER BY position"
        )
        rows.bind(position, at: 1)
        while try rows.step(to: "read") { body(rows) }
    }

    /// Wall time of the segment's first event, µs since 1970; nil: it has none.
    func firstEventTime() throws(StoreError) -> Int64? {
        let at = try database.integer("SELECT at FROM events ORDER BY position LIMIT 1")
        return at > 0 ? at : nil
    }

    /// Finds the tail again after the file has been opened anew.
    func findTail(after known: LogTail) throws(StoreError) {
        let last = try database.integer("SELECT max(position) FROM events")
        let ordinal = try database.integer(
            "SELECT max(ordinal) FROM events WHERE position > \(known.position) AND connection = 0"
        )
        guard last >= known.position || known.position < segment.firstPosition else {
            throw StoreError(
                .damaged,
                "\(segment.path) ends at position \(last), but \(known.position) was committed"
            )
        }
        tail.position = max(last, segment.firstPosition - 1)
        tail.gatewayOrdinal = max(ordinal, known.gatewayOrdinal)
    }
}
