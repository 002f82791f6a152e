import EventStore
import Events
import Postmortem

/// Judges the connections of a log from a position on. Those that were open there are judged from their
/// beginning: their earlier events are read when their first later one comes.
struct LogScan {
    /// Where to begin.
    let first: Int64
    /// What is known so far.
    var fold = VerdictFold()

    private let folder: String
    private let skipsDamage: Bool
    private var history: LogReader?
    /// Connections whose earlier events have been read.
    private var continued: Set<Int64> = []

    /// `skipsDamage`: as for `LogReader`, of what is read of earlier events.
    init(folder: String, from first: Int64, skipsDamage: Bool = false) {
        self.first = first
        self.folder = folder
        self.skipsDamage = skipsDamage
    }

    /// Takes the next event.
    mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>
    ) throws {
        if first > 1, header.ordinal > 1, header.connection > 0, !header.isOfRESTCall,
            !fold.knows(header.connection), continued.insert(header.connection).inserted
        {
            try readHistory(of: header.connection)
        }
        fold.take(position: position, header, checksum: checksum, body)
    }

    private mutating func readHistory(of connection: Int64) throws {
        let reader = try history ?? LogReader(folder: folder)
        reader.skipsDamage = skipsDamage
        history = reader
        try reader.forEach(connection: connection, through: first - 1) {
            position,
            header,
            checksum,
            body in
            fold.take(position: position, header, checksum: checksum, body)
            return true
        }
    }
}
