import Events

/// Reads the end of a log to find what its last run left unfinished. Memory is bounded by the number
/// of connections open at a time.
struct RecoveryScan {
    private(set) var recovery = Recovery()
    private(set) var tail: LogTail
    private let firstPosition: Int64
    private var open: OpenStreams

    /// A scan of what follows after a known part of the log.
    init(after base: SealRecord) {
        firstPosition = base.tail.position + 1
        tail = base.tail
        open = base.open
        recovery.nextConnection = base.nextConnection
    }

    /// Goes on with a segment. Events between it and the one before are lost; its name says what their
    /// positions were, and they are not given again.
    mutating func begin(segmentFrom first: Int64) {
        tail.position = max(tail.position, first - 1)
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
        open.take(header, at: position)
    }

    /// What the log is like after the events so far.
    var record: SealRecord {
        SealRecord(tail: tail, nextConnection: recovery.nextConnection, open: open)
    }

    /// Adds the events that finish what is left, with their wall time, and notes them in the recovery.
    mutating func finish(in batch: EventBatch, at now: Int64) {
        for connection in open.connections {
            guard var stream = open.streams[connection]?.tail else { continue }
            while let ending = Self.ending(of: connection, stream, at: now) {
                let isRequest = ending.knownKind == .requestFailed
                batch.append(ending, body: (isRequest ? Self.failureText : Self.closingText).span)
                if isRequest {
                    recovery.failedRequests.append(connection)
                } else {
                    recovery.closedConnections.append(connection)
                }
                stream.add(ending)
            }
        }
        open = OpenStreams()
        let missing = (tail.position &- firstPosition &+ 1) &- recovery.events
        recovery.missingEvents = max(0, missing)
        recovery.lastPosition = tail.position &+ Int64(batch.count)
    }

    private static func ending(
        of connection: Int64,
        _ stream: StreamTail,
        at now: Int64
    ) -> EventHeader? {
        stream.ending(of: connection, at: now, .gatewayRestarted, closeCode: abnormalClosure)
    }

    /// RFC 6455 §7.4.1: closed without a close frame.
    private static let abnormalClosure: Int64 = 1006
    private static let failureText = Array("gateway restarted".utf8)
    private static let closingText = Array(#"{"by":"gateway","reason":"gateway restarted"}"#.utf8)
}
