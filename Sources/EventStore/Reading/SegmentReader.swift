import CSQLite
import Events

/// A read-only connection to one segment.
final class SegmentReader {
    let segment: Segment
    /// Whether the file has lost its end. Then nothing but its events is taken from it, one by one: of
    /// pages that are not there SQLite reads nothing but zeros.
    let isCut: Bool
    /// What a sealed segment says of itself; nil: it was not sealed when it was opened, or is cut.
    let seal: SealBounds?
    /// Whether the indexes of a sealed segment are used; false once one of them has proved damaged.
    var usesIndexes: Bool
    /// Position of the event given last by ``read(_:_:)``.
    private(set) var lastGiven: Int64 = 0
    /// Whether ``read(_:_:)`` has last come upon the end of a WebSocket.
    private var sawEnd = false

    /// Whether nobody had the segment open when it was opened here, so that it is read without locks.
    private let wasFree: Bool
    private let database: Database
    private let next: Statement
    private var latest: RowQuery?

    /// A statement that is kept with the query it was made for.
    private final class RowQuery {
        let query: SegmentQuery
        let statement: Statement

        init(_ query: SegmentQuery, _ database: borrowing Database) throws(StoreError) {
            self.query = query
            statement = try database.prepare(query.sql)
        }
    }

    /// How a reading went.
    enum Outcome {
        /// All events of the selection have been given.
        case finished
        /// The visitor wanted no more.
        case stopped
        /// The segment could not be read beyond what has been given.
        case failed(StoreError)
    }

    /// Positions a query goes over at most in a segment that is not sealed. Each query is a
    /// transaction of its own, and one that lasts keeps the writer from starting its write-ahead log
    /// anew.
    static let stride: Int64 = 4_096

    /// `besideWriter`: as for ``LogReader``.
    init(_ segment: Segment, besideWriter: Bool) throws(StoreError) {
        self.segment = segment
        wasFree = !besideWriter && !segment.mayBeInUse
        database = try Database.reading(segment, besideWriter: besideWriter)
        try database.checkBundleFormat()
        // Not of one that this process may be writing: it takes a look past SQLite.
        isCut = besideWriter && !segment.isReadOnly ? false : try database.isCut
        seal = isCut ? nil : database.sealBounds()
        usesIndexes = seal != nil
        next = try database.prepare("SELECT min(position) FROM events WHERE position >= ?1")
    }

    /// Whether a gateway has come to a segment that is being read without locks: what looks like damage is
    /// then what it is writing.
    var mayBeChanging: Bool { wasFree && seal == nil && segment.mayBeInUse }

    /// Whether it is a bundle.
    var isBundle: Bool { (try? database.isBundle) == true }

    /// What a bundle says of itself.
    func bundleFacts() throws(StoreError) -> [BundleFact] { try database.bundleFacts() }

    /// Position of the last event; 0: there is none. That of a file that is cut is not known: an error.
    func lastPosition() throws(StoreError) -> Int64 {
        guard !isCut else { throw lostEnd }
        if let seal { return seal.lastPosition }
        return try database.integer("SELECT max(position) FROM events")
    }

    /// Gives the events of a selection in the order of their positions until the body returns false.
    /// Throws what the body throws and nothing else.
    func read(_ selection: EventSelection, _ body: EventVisitor) throws -> Outcome {
        lastGiven = selection.from &- 1
        sawEnd = false
        let query = SegmentQuery(selection, isSealed: usesIndexes)
        if seal != nil {
            return try give(query, selection, selection.from, selection.through, body)
        }
        var from = selection.from
        while true {
            let first: Int64
            do throws(StoreError) {
                guard let found = try position(atOrAfter: from) else { return .finished }
                first = found
            } catch {
                return .failed(error)
            }
            guard first <= selection.through else { return .finished }
            let reach = first < .max - Self.stride ? first + Self.stride - 1 : .max
            let last = min(selection.through, reach)
            let outcome = try give(query, selection, first, last, body)
            guard case .finished = outcome, last < selection.through else { return outcome }
            from = last + 1
        }
    }

    /// Whether a connection that has just been read is known to have no events in later segments.
    func isLast(of connection: Int64) -> Bool {
        guard seal != nil, sawEnd else { return false }
        let sql = "SELECT count(*) FROM open_streams WHERE connection = \(connection)"
        return (try? database.integer(sql)) == 0
    }

    /// What is wrong with a file that is cut.
    var lostEnd: StoreError { StoreError(.damaged, "\(segment.path) has lost its end") }

    /// What is wrong where a row stands before the one that was given last.
    var disorder: StoreError {
        StoreError(.damaged, "\(segment.path) gives rows out of their order")
    }

    /// The first event that can be read again after one that cannot; nil: there is none up to `last`. What
    /// lies between is looked for in few steps, so that events between two damaged places can be missed.
    func position(beyondDamageAt damaged: Int64, through last: Int64) -> Int64? {
        var bad = damaged
        var step: Int64 = 1
        while true {
            let (place, overflow) = damaged.addingReportingOverflow(step)
            guard !overflow, place <= last else { return nil }
            do throws(StoreError) {
                guard try position(atOrAfter: place) != nil else { return nil }
                var good = place
                while good &- bad > 1 {
                    let middle = bad + (good &- bad) / 2
                    if (try? position(atOrAfter: middle)) == nil {
                        bad = middle
                    } else {
                        good = middle
                    }
                }
                guard let found = try position(atOrAfter: good), found <= last else { return nil }
                return found
            } catch {
                bad = place
                step = step.multipliedReportingOverflow(by: 2).partialValue
                guard step > 0 else { return nil }
            }
        }
    }

    /// A statement that gives the events of a selection in the order of their positions, between two that
    /// are to be bound.
    func statement(for selection: EventSelection) throws(StoreError) -> Statement {
        let query = SegmentQuery(selection, isSealed: usesIndexes)
        let rows = try database.prepare(query.sql)
        rows.bind(selection.connection, at: 3)
        rows.bind(selection.kindMask, at: 4)
        return rows
    }

    /// Position of the first event from one on; nil: there is none.
    func position(atOrAfter from: Int64) throws(StoreError) -> Int64? {
        next.bind(from, at: 1)
        defer { next.reset() }
        guard try next.step(to: "read"), !next.isNull(0) else { return nil }
        guard next.integer(0) >= from else { throw disorder }
        return next.integer(0)
    }

    private func give(
        _ query: SegmentQuery,
        _ selection: EventSelection,
        _ first: Int64,
        _ last: Int64,
        _ body: EventVisitor
    ) throws -> Outcome {
        let rows: RowQuery
        do throws(StoreError) {
            rows = try statement(for: query)
        } catch {
            return .failed(error)
        }
        rows.statement.bind(first, at: 1)
        rows.statement.bind(last, at: 2)
        rows.statement.bind(selection.connection, at: 3)
        rows.statement.bind(selection.kindMask, at: 4)
        defer { rows.statement.reset() }
        while true {
            do throws(StoreError) {
                guard try rows.statement.step(to: "read") else { return .finished }
            } catch {
                return .failed(error)
            }
            let position = rows.statement.position
            // Of a page that was torn, SQLite can give rows that are not there.
            guard position > lastGiven, position <= last else { return .failed(disorder) }
            lastGiven = position
            let header = rows.statement.header
            if header.kind == EventKind.connectionClosed.rawValue,
                header.connection == selection.connection
            {
                sawEnd = true
            }
            let isWanted = try rows.statement.withBody { bytes in
                try body(position, header, rows.statement.checksum, bytes)
            }
            guard isWanted else { return .stopped }
        }
    }

    private func statement(for query: SegmentQuery) throws(StoreError) -> RowQuery {
        if let latest, latest.query == query { return latest }
        let made = try RowQuery(query, database)
        latest = made
        return made
    }
}
