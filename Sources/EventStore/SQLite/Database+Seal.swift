import CSQLite
import Events
import Schema

/// Sealing: what is added to a segment when nothing more will be written to it.
extension Database {
    /// Whether the segment is sealed.
    var isSealed: Bool {
        get throws(StoreError) {
            try integer("SELECT count(*) FROM sqlite_schema WHERE name = 'seal'") > 0
        }
    }

    /// Adds indexes and record, all or nothing.
    ///
    /// - Parameters:
    ///   - record: what the log is like at the end of the segment.
    ///   - older: the streams that were open at the end of the segment before, with the ordinals they
    ///     had there.
    ///   - sortsInMemory: whether no temporary files are used for the indexes. Then the sort takes some
    ///     50 bytes an event.
    func seal(
        _ record: SealRecord,
        after older: OpenStreams = OpenStreams(),
        sortsInMemory: Bool = false
    ) throws(StoreError) {
        let place = sortsInMemory ? "MEMORY" : "FILE"
        try execute("PRAGMA temp_store = \(place); BEGIN IMMEDIATE;", to: "seal")
        do {
            try execute(Schema.sealSQL, to: "seal")
            try insert(record, after: older)
            try execute("COMMIT", to: "seal")
        } catch {
            if !isIdle { try? execute("ROLLBACK", to: "seal") }
            throw error
        }
    }

    private func insert(_ record: SealRecord, after older: OpenStreams) throws(StoreError) {
        let row = try prepare(
            """
            INSERT INTO seal
            SELECT ?1,
                max(?2, 1 + coalesce(max(connection) FILTER (WHERE connection < ?4), 0)), ?3,
                coalesce(min(at), 0), coalesce(max(at), 0)
            FROM events
            """
        )
        row.bind(record.tail.position, at: 1)
        row.bind(record.nextConnection, at: 2)
        row.bind(record.tail.gatewayOrdinal, at: 3)
        // Only damage can bring such numbers, and nothing could follow them.
        row.bind(Int64.max / 2, at: 4)
        try row.run(to: "seal")
        let stream = try prepare(
            """
            INSERT INTO open_streams VALUES(?1, ?2,
                max(?3, (SELECT coalesce(max(ordinal), 0) FROM events WHERE connection = ?1)), ?4, ?5)
            """
        )
        for (connection, open) in record.open.streams {
            stream.bind(connection, at: 1)
            stream.bind(open.firstPosition, at: 2)
            let known = older.streams[connection]?.tail.ordinal ?? 0
            stream.bind(max(open.tail.ordinal, known), at: 3)
            stream.bind(open.tail.request, at: 4)
            stream.bind(open.tail.isClosed ? 0 : 1, at: 5)
            try stream.run(to: "seal")
        }
    }

    /// Reads the record of a sealed segment.
    func sealRecord() throws(StoreError) -> SealRecord {
        let row = try prepare("SELECT last_position, next_connection, gateway_ordinal FROM seal")
        guard try row.step(to: "read") else {
            throw StoreError(.damaged, "\(path) has a table \"seal\", but no row in it")
        }
        var record = SealRecord(
            tail: LogTail(position: row.integer(0), gatewayOrdinal: row.integer(2)),
            nextConnection: row.integer(1),
            open: OpenStreams()
        )
        row.reset()
        let limit = Int64.max / 2
        guard 0..<limit ~= record.tail.position, 1..<limit ~= record.nextConnection else {
            throw StoreError(.damaged, "\(path) says impossible numbers of its end")
        }
        let stream = try prepare(
            "SELECT connection, first_position, ordinal, request, is_open FROM open_streams"
        )
        while try stream.step(to: "read") {
            let tail = StreamTail(
                ordinal: stream.integer(2),
                request: stream.integer(3),
                isClosed: stream.integer(4) == 0
            )
            record.open.insert(
                stream.integer(0),
                OpenStreams.Stream(firstPosition: stream.integer(1), tail: tail)
            )
        }
        return record
    }

    /// Copies the whole write-ahead log into the file and does without one from then on. Throws
    /// `SQLITE_BUSY` while a reader is in the way.
    func leaveWAL() throws(StoreError) {
        try execute("PRAGMA synchronous = FULL", to: "seal")
        try emptyWAL()
        try execute("PRAGMA journal_mode = DELETE", to: "seal")
        let isOut = try integer("SELECT journal_mode = 'delete' FROM pragma_journal_mode")
        guard isOut == 1 else {
            throw StoreError(.sqlite(SQLITE_BUSY), "\(path) is being read")
        }
    }

    /// Copies the whole write-ahead log into the file. Throws `SQLITE_BUSY` while a reader is in the way.
    func emptyWAL() throws(StoreError) {
        let mode = SQLITE_CHECKPOINT_TRUNCATE
        guard sqlite3_wal_checkpoint_v2(connection, nil, mode, nil, nil) == SQLITE_OK else {
            throw .sqlite("checkpoint", connection)
        }
    }

    /// Leaves the write-ahead log as it is when the connection is closed, for somebody who comes later.
    func keepWALOnClose() { _ = csqlite_no_checkpoint_on_close(connection) }

    /// Lets statements fail with `SQLITE_INTERRUPT` as soon as the flag is set. The flag must outlive
    /// the connection.
    func interrupt(when flag: Unmanaged<CancelFlag>) {
        sqlite3_progress_handler(connection, 10_000, Self.isCancelled, flag.toOpaque())
    }

    private static let isCancelled: @convention(c) (UnsafeMutableRawPointer?) -> Int32 = { flag in
        guard let flag else { return 0 }
        return Unmanaged<CancelFlag>.fromOpaque(flag).takeUnretainedValue().isSet ? 1 : 0
    }
}
