import Events
import Session

/// Checks a log, row by row in the order of positions, in one pass and in bounded memory: that no row
/// is damaged or lost, and that the gateway did what its rules say.
///
/// What a damaged or lost row leads to later on is not reported again; see ``consequences``.
public struct Verification {
    /// How many finished connections are kept for rows that come late. For one that is forgotten,
    /// such rows are only checked for damage.
    static let finishedLimit = 4_096

    /// Rows taken.
    public private(set) var rows: Int64 = 0
    /// Connections seen to open.
    public private(set) var openings = 0
    /// Decisions made again and compared.
    public private(set) var compared = 0
    /// Findings so far.
    public private(set) var findings = 0
    /// Differences that follow from a damaged or lost row of the same connection.
    public private(set) var consequences = 0

    /// Changed in place, wherever the dictionary puts it. For one owner, who does not copy it.
    private final class Place {
        var connection = ConnectionVerification()
    }

    private let isWholeLog: Bool
    private var reading = EventReading()
    private var frame: [UInt8] = []
    private var connections: [Int64: Place] = [:]
    private var finished: [Int64] = []
    private var nextFinished = 0
    private var firstPosition: Int64 = 0
    private var lastPosition: Int64 = 0
    /// Position of the last row that is damaged, lost, or tells of lost ones.
    private var lastSuspect: Int64 = 0
    private var highestConnection: Int64 = 0
    private var gatewayOrdinal: Int64 = 0
    private var lastGatewayPosition: Int64 = 0

    /// A check that has seen nothing.
    ///
    /// - Parameter isWholeLog: whether every row will be given, so that a position left out is a lost
    ///   row; false for the rows of some connections only, and for some of the gateway's own.
    public init(isWholeLog: Bool) { self.isWholeLog = isWholeLog }

    /// Takes the next row. Returns what it shows; seldom more than nothing.
    public mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>
    ) -> [Finding] {
        var found: [Finding] = []
        let computed = header.checksum(over: body)
        let row = LogRow(position: position, header: header, isIntact: computed == checksum)
        checkPosition(row, &found)
        if !row.isIntact {
            lastSuspect = position
            found.append(row.finding(.damagedRow(stored: checksum, computed: computed)))
        }
        if header.knownKind == .logGap { lastSuspect = position }
        if header.connection == 0 {
            checkGatewayOrdinal(row, &found)
        } else {
            takeForConnection(row, body, &found)
        }
        rows += 1
        lastPosition = position
        findings += found.count
        return found
    }

    /// The log's beginning has been removed while it was being read, through a position: rows up to there
    /// that have not been taken are not lost.
    public mutating func note(removedThrough position: Int64) {
        guard lastPosition > 0, position > lastPosition else { return }
        lastSuspect = position
        lastPosition = position
    }

    private mutating func checkPosition(_ row: LogRow, _ found: inout [Finding]) {
        guard lastPosition > 0 else {
            firstPosition = row.position
            return
        }
        guard isWholeLog, row.position != lastPosition &+ 1 else { return }
        lastSuspect = row.position &- 1
        found.append(row.finding(.missingRows(from: lastPosition &+ 1)))
    }

    private mutating func checkGatewayOrdinal(_ row: LogRow, _ found: inout [Finding]) {
        guard row.isIntact else { return }
        let expected = gatewayOrdinal &+ 1
        let isBeginning = gatewayOrdinal == 0 && firstPosition > 1
        let isExplained = lastSuspect > 0 && lastSuspect >= lastGatewayPosition
        if isWholeLog, row.header.ordinal != expected, !isBeginning, !isExplained {
            found.append(row.finding(.ordinalGap(expected: expected)))
        }
        gatewayOrdinal = row.header.ordinal
        lastGatewayPosition = row.position
    }

    private mutating func takeForConnection(
        _ row: LogRow,
        _ body: Span<UInt8>,
        _ found: inout [Finding]
    ) {
        let number = row.header.connection
        let known = connections[number]
        let expected = known?.connection.expectedOrdinal ?? 1
        if row.header.ordinal != expected {
            // A damaged row may be another connection's, or stand elsewhere in this one.
            guard row.isIntact else { return }
            let before = known?.connection.lastPosition
            let isExplained = lastSuspect >= (before ?? 1)
            if !isExplained, before != nil || !beganEarlier(number) {
                found.append(row.finding(.ordinalGap(expected: expected)))
            }
        }
        let place = known ?? Place()
        if known == nil { connections[number] = place }
        let isDoubtful = !row.isIntact || row.header.ordinal != expected
        fold(row, body, into: &place.connection, isDoubtful: isDoubtful, &found)
        guard place.connection.isFinished, !place.connection.isRetired else { return }
        place.connection.isRetired = true
        retire(number)
    }

    private mutating func fold(
        _ row: LogRow,
        _ body: Span<UInt8>,
        into connection: inout ConnectionVerification,
        isDoubtful: Bool,
        _ found: inout [Finding]
    ) {
        if isDoubtful { connection.doubt() }
        if row.header.knownKind == .connectionOpened { openings += 1 }
        let (compared, consequences) = (connection.compared, connection.consequences)
        connection.take(row, body, &reading, frame: &frame, &found)
        self.compared += connection.compared - compared
        self.consequences += connection.consequences - consequences
        highestConnection = max(highestConnection, row.header.connection)
    }

    /// Whether an unknown connection's beginning may have been before the log, or is forgotten.
    private func beganEarlier(_ number: Int64) -> Bool {
        firstPosition > 1 || number <= highestConnection
    }

    /// Forgets the connection that has been finished for longest, when there are too many.
    private mutating func retire(_ number: Int64) {
        guard finished.count == Self.finishedLimit else { return finished.append(number) }
        let oldest = finished[nextFinished]
        if let place = connections[oldest], !place.connection.isFinished {
            place.connection.isRetired = false
        } else {
            connections[oldest] = nil
        }
        finished[nextFinished] = number
        nextFinished = (nextFinished + 1) % Self.finishedLimit
    }
}
