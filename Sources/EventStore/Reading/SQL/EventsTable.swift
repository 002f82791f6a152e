import CSQLite

/// The virtual table `events` (sqlite.org/vtab.html): one that is simply there, not created, and that cannot
/// be written. Its columns are those of a segment's table, in the same order.
enum EventsTable {
    private static let declaration = """
        CREATE TABLE events(position INTEGER, connection INTEGER, ordinal INTEGER, cause INTEGER,
            at INTEGER, kind INTEGER, version INTEGER, detail INTEGER, checksum INTEGER, body BLOB)
        """

    /// What SQLite holds of the table: its own part first.
    private struct Table {
        var base = sqlite3_vtab()
        var source: Unmanaged<EventsSource>
    }

    /// What SQLite holds of a cursor: its own part first.
    private struct Cursor {
        var base = sqlite3_vtab_cursor()
        var cursor: Unmanaged<EventsCursor>
    }

    /// Adds the table to a connection, which must not outlive the source.
    static func register(
        _ source: EventsSource,
        on database: borrowing Database
    ) throws(StoreError) {
        let pointer = Unmanaged.passUnretained(source).toOpaque()
        guard
            sqlite3_create_module_v2(database.connection, "events", module, pointer, nil)
                == SQLITE_OK
        else { throw .sqlite("query", database.connection) }
    }

    /// Lives as long as the process: SQLite keeps the pointer.
    nonisolated(unsafe) private static let module: UnsafePointer<sqlite3_module> = {
        let made = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
        var module = sqlite3_module()
        module.xConnect = connect
        module.xBestIndex = plan
        module.xDisconnect = { table in
            table?.withMemoryRebound(to: Table.self, capacity: 1) { $0.deallocate() }
            return SQLITE_OK
        }
        module.xOpen = open
        module.xClose = { cursor in
            cursor?.withMemoryRebound(to: Cursor.self, capacity: 1) { cursor in
                cursor.pointee.cursor.release()
                cursor.deallocate()
            }
            return SQLITE_OK
        }
        module.xFilter = { cursor, number, _, count, values in
            run(cursor) { cursor throws(StoreError) in
                try cursor.begin(EventsPlan(rawValue: number), integers(count, values))
            }
        }
        module.xNext = { cursor in run(cursor) { cursor throws(StoreError) in try cursor.advance() }
        }
        module.xEof = { cursor in get(cursor)?.isAtEnd == false ? 0 : 1 }
        module.xColumn = { cursor, context, column in
            get(cursor)?.give(column, to: context)
            return SQLITE_OK
        }
        module.xRowid = { cursor, rowid in
            rowid?.pointee = get(cursor)?.position ?? 0
            return SQLITE_OK
        }
        made.initialize(to: module)
        return UnsafePointer(made)
    }()

    private static let connect:
        @convention(c) (
            OpaquePointer?, UnsafeMutableRawPointer?, Int32,
            UnsafePointer<UnsafePointer<CChar>?>?,
            UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?,
            UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        ) -> Int32 = { connection, source, _, _, result, _ in
            guard let source, let result else { return SQLITE_MISUSE }
            let code = sqlite3_declare_vtab(connection, declaration)
            guard code == SQLITE_OK else { return code }
            let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)
            table.initialize(to: Table(source: .fromOpaque(source)))
            result.pointee = UnsafeMutableRawPointer(table).assumingMemoryBound(
                to: sqlite3_vtab.self
            )
            return SQLITE_OK
        }

    private static let open:
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vtab>?,
            UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab_cursor>?>?
        ) -> Int32 = { table, result in
            guard let table, let result else { return SQLITE_MISUSE }
            let source = UnsafeRawPointer(table).assumingMemoryBound(to: Table.self).pointee.source
            let made = EventsCursor(source.takeUnretainedValue())
            let cursor = UnsafeMutablePointer<Cursor>.allocate(capacity: 1)
            cursor.initialize(to: Cursor(cursor: .passRetained(made)))
            result.pointee = UnsafeMutableRawPointer(cursor)
                .assumingMemoryBound(to: sqlite3_vtab_cursor.self)
            return SQLITE_OK
        }

    /// Chooses the conditions that the cursor is told. None is left out by SQLite for that.
    private static let plan:
        @convention(c) (
            UnsafeMutablePointer<sqlite3_vtab>?, UnsafeMutablePointer<sqlite3_index_info>?
        ) -> Int32 = { _, info in
            guard let info else { return SQLITE_MISUSE }
            var chosen: [(condition: EventsPlan, index: Int)] = []
            for index in 0..<Int(info.pointee.nConstraint) {
                let constraint = info.pointee.aConstraint[index]
                guard constraint.usable != 0,
                    let condition = EventsPlan(
                        column: constraint.iColumn,
                        operation: Int32(constraint.op)
                    ),
                    !chosen.contains(where: { $0.condition == condition })
                else { continue }
                // Each value of a list would be a search of its own, which pays only by an index.
                if condition == .kind, sqlite3_vtab_in(info, Int32(index), -1) != 0 { continue }
                chosen.append((condition, index))
            }
            chosen.sort { $0.condition.rawValue < $1.condition.rawValue }
            var plan: EventsPlan = []
            for (place, choice) in chosen.enumerated() {
                plan.insert(choice.condition)
                info.pointee.aConstraintUsage[choice.index].argvIndex = Int32(place + 1)
            }
            info.pointee.idxNum = plan.rawValue
            info.pointee.estimatedRows = plan.rows
            info.pointee.estimatedCost = Double(plan.rows)
            if info.pointee.nOrderBy == 1, info.pointee.aOrderBy[0].iColumn <= 0,
                info.pointee.aOrderBy[0].desc == 0
            {
                info.pointee.orderByConsumed = 1
            }
            return SQLITE_OK
        }

    private static func get(_ cursor: UnsafeMutablePointer<sqlite3_vtab_cursor>?) -> EventsCursor? {
        guard let cursor else { return nil }
        return UnsafeRawPointer(cursor).assumingMemoryBound(to: Cursor.self).pointee.cursor
            .takeUnretainedValue()
    }

    /// Does a step; its failure is kept for who runs the query.
    private static func run(
        _ pointer: UnsafeMutablePointer<sqlite3_vtab_cursor>?,
        _ step: (EventsCursor) throws(StoreError) -> Void
    ) -> Int32 {
        guard let cursor = get(pointer) else { return SQLITE_MISUSE }
        do throws(StoreError) {
            try step(cursor)
            return SQLITE_OK
        } catch {
            cursor.fail(error)
            return SQLITE_IOERR
        }
    }

    /// The values of conditions; nil for one that is no whole number.
    private static func integers(
        _ count: Int32,
        _ values: UnsafeMutablePointer<OpaquePointer?>?
    ) -> [Int64?] {
        (0..<Int(count)).map { index in
            guard let value = values?[index], sqlite3_value_type(value) == SQLITE_INTEGER else {
                return nil
            }
            return sqlite3_value_int64(value)
        }
    }
}
