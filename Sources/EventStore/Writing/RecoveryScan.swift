import Events

/// Reads a log from its beginning to find what its last run left unfinished. Memory is bounded by
/// the number of connections open at a time.
struct RecoveryScan {
    /// A connection that has no end yet, or a request that has none.
    struct Unfinished: Equatable {
        let connection: Int64
        var lastOrdinal: Int64
        /// Ordinal of the `requestSent` under way; 0: none.
        var request: Int64 = 0
        var isClosed = false
    }

    private(set) var recovery = Recovery()
    private(set) var tail: LogTail
    private var firstPosition: Int64
    private var open: [Int64: Unfinished] = [:]

    init(firstPosition: Int64) {
        self.firstPosition = firstPosition
        tail = LogTail(position: firstPosition - 1, gatewayOrdinal: 0)
    }

    /// Takes the next event.
    mutating func take(position: Int64, header: EventHeader, isIntact: Bool) {
        recovery.events += 1
        tail.position = max(tail.position, position)
        if !isIntact {
            recovery.damagedEvents += 1
            if recovery.firstDamaged == 0 { recovery.firstDamaged = position }
        }
        guard header.connection > 0 else {
            if header.connection == 0 {
                tail.gatewayOrdinal = max(tail.gatewayOrdinal, header.ordinal)
            }
            return
        }
        if header.connection >= recovery.nextConnection, header.connection < .max {
            recovery.nextConnection = header.connection + 1
        }
        follow(header)
    }

    private mutating func follow(_ header: EventHeader) {
        if header.knownKind == .connectionOpened {
            open[header.connection] = Unfinished(
                connection: header.connection,
                lastOrdinal: header.ordinal
            )
            return
        }
        guard var state = open[header.connection] else { return }
        state.lastOrdinal = max(state.lastOrdinal, header.ordinal)
        switch header.knownKind {
        case .requestSent: state.request = header.ordinal
        case .streamEnded, .requestFailed: state.request = 0
        case .connectionClosed: state.isClosed = true
        default: break
        }
        open[header.connection] = state.isClosed && state.request == 0 ? nil : state
    }

    /// What is left to be finished, by connection.
    var unfinished: [Unfinished] { open.values.sorted { $0.connection < $1.connection } }

    /// Adds the events that finish it, with their wall time, and notes them in the recovery.
    mutating func finish(in batch: EventBatch, at now: Int64) {
        for state in unfinished {
            var ordinal = state.lastOrdinal
            if state.request != 0 {
                ordinal &+= 1
                batch.append(Self.failure(of: state, ordinal, now), body: Self.failureText.span)
                recovery.failedRequests.append(state.connection)
            }
            if !state.isClosed {
                ordinal &+= 1
                batch.append(Self.closing(of: state, ordinal, now), body: Self.closingText.span)
                recovery.closedConnections.append(state.connection)
            }
        }
        open = [:]
        let missing = (tail.position &- firstPosition &+ 1) &- recovery.events
        recovery.missingEvents = max(0, missing)
        recovery.lastPosition = tail.position &+ Int64(batch.count)
    }

    private static func failure(
        of state: Unfinished,
        _ ordinal: Int64,
        _ now: Int64
    ) -> EventHeader {
        EventHeader(
            .requestFailed,
            connection: state.connection,
            ordinal: ordinal,
            cause: state.request,
            at: now,
            detail: RequestFailure.gatewayRestarted.rawValue
        )
    }

    private static func closing(
        of state: Unfinished,
        _ ordinal: Int64,
        _ now: Int64
    ) -> EventHeader {
        EventHeader(
            .connectionClosed,
            connection: state.connection,
            ordinal: ordinal,
            at: now,
            detail: abnormalClosure
        )
    }

    /// RFC 6455 §7.4.1: closed without a close frame.
    private static let abnormalClosure: Int64 = 1006
    private static let failureText = Array("gateway restarted".utf8)
    private static let closingText = Array(#"{"by":"gateway","reason":"gateway restarted"}"#.utf8)
}
