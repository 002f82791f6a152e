/// One event of the page: a row of the diagram with what opens below it.
struct PageRow: Sendable {
    /// What the gateway knows a connection by.
    enum Identity: String, Sendable {
        case none
        case temporary
        case session
    }

    /// What the lifelines look like along the row.
    struct Lifelines: Equatable, Sendable {
        /// Whether the IDE's socket was open, before and after.
        var isOpen: (before: Bool, after: Bool)
        /// Whether a turn was under way, before and after.
        var isBusy: (before: Bool, after: Bool)
        /// As which the connection was known, before and after.
        var identity: (before: Identity, after: Identity)

        static func == (one: Self, other: Self) -> Bool {
            one.isOpen == other.isOpen && one.isBusy == other.isBusy
                && one.identity == other.identity
        }
    }

    /// How much of a payload is kept, bytes.
    static let payloadLimit = 8_192

    /// The event, its payload cut.
    var entry: TimelineEntry
    /// How long the payload is.
    var payloadBytes: Int
    var arrows: [PageArrow]
    var lifelines: Lifelines
    /// The event's type, when it is a chunk like many others: one that can be told together with them.
    var chunkType: String?
    /// What a chunk adds to the answer.
    var text = ""

    /// Whether it can stand among the chunks of a run.
    var isQuiet: Bool {
        (chunkType != nil || entry.header.knownKind == .framesDelivered)
            && entry.changes.isEmpty && entry.anomalies.isEmpty && entry.isIntact
    }

    /// The identity's change, in words.
    var binding: StateChange? {
        entry.changes.first { $0.part == "identity" && $0.before != "none" }
    }
}

/// Chunks of one type, one after the other, told as one.
struct PageRun: Sendable {
    /// How many are kept from the beginning, and the last one besides.
    static let limit = 200
    /// From how many chunks on they are told as one.
    static let least = 4

    var type: String
    /// Those that are kept.
    var rows: [PageRow] = []
    var chunks = 0
    var bytes = 0
    /// Rows left out.
    var omitted = 0
    var text = ""
    var lastAt: Int64 = 0

    mutating func append(_ row: PageRow) {
        if row.chunkType != nil { chunks += 1 }
        bytes += row.payloadBytes
        lastAt = row.entry.header.at
        if text.utf8.count < 400 { text += row.text }
        if rows.count < Self.limit { rows.append(row) } else { omitted += 1 }
    }
}

/// What stands in the diagram, from top to bottom.
enum PageItem: Sendable {
    case row(PageRow)
    case run(PageRun)
}
