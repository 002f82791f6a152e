import CSQLite
import Events
import Schema

/// Makes a bundle: one file with the events of chosen connections, in the form of a sealed segment. The
/// file gets its name when it is whole. For one thread at a time.
public final class BundleWriter {
    private let file: NewFile
    private let database: Database
    private let row: Statement
    private var open = OpenStreams()
    private var lastPosition: Int64 = 0
    private var gatewayOrdinal: Int64 = 0

    /// Number of events so far.
    public private(set) var events: Int64 = 0

    /// Begins a bundle. `replaces`: whether a file at that path may be replaced.
    public init(path: String, replaces: Bool = false) throws(StoreError) {
        file = try NewFile(path: path, replaces: replaces)
        database = try Database(path: file.draft, flags: SQLITE_OPEN_READWRITE)
        // An unfinished bundle is thrown away, so nothing need be undone in it.
        try database.execute(
            """
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA application_id = \(Segment.applicationID);
            PRAGMA user_version = \(Segment.format);
            BEGIN;
            \(Schema.bundleSQL)
            \(Schema.eventsSQL)
            """,
            to: "set up"
        )
        row = try database.prepare("INSERT INTO events VALUES(?,?,?,?,?,?,?,?,?,?)")
    }

    /// Adds an event with the checksum that is to stand in its row. The events of one connection must
    /// come in their order; connections may come one after the other.
    public func append(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>
    ) throws(StoreError) {
        try body.withUnsafeBufferPointer { (body) throws(StoreError) in
            row.bind(position, at: 1)
            row.bind(header.connection, at: 2)
            row.bind(header.ordinal, at: 3)
            row.bind(header.cause, at: 4)
            row.bind(header.at, at: 5)
            row.bind(Int64(header.kind), at: 6)
            row.bind(Int64(header.version), at: 7)
            row.bind(header.detail, at: 8)
            row.bind(Int64(checksum), at: 9)
            try row.bind(body, at: 10)
            try row.run(to: "write")
        }
        open.take(header, at: position)
        lastPosition = max(lastPosition, position)
        if header.connection == 0 { gatewayOrdinal = max(gatewayOrdinal, header.ordinal) }
        events += 1
    }

    /// Seals the bundle and gives it its name. `facts`: what it says of itself beside its format.
    public func finish(_ facts: [BundleFact]) throws(StoreError) {
        let fact = try database.prepare("INSERT INTO bundle VALUES(?,?,?)")
        let format = BundleFact(BundleFact.formatName, "\(BundleFact.format)")
        for said in [format] + facts {
            try fact.bind(said.name, at: 1)
            fact.bind(said.connection, at: 2)
            try fact.bind(said.value, at: 3)
            try fact.run(to: "write")
        }
        try database.execute("COMMIT", to: "write")
        let tail = LogTail(position: lastPosition, gatewayOrdinal: gatewayOrdinal)
        try database.seal(SealRecord(tail: tail, nextConnection: 1, open: open))
        try file.keep()
    }
}
