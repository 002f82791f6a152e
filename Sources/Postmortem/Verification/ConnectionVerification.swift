import Events
import Session

/// Holds one connection's recorded decisions against those that a replay makes.
///
/// Once a row is damaged or lost, what the connection's state was afterwards is no longer certain. So
/// a difference in a later row is then a consequence of that finding: it is counted, not reported.
struct ConnectionVerification {
    private var replay = ConnectionReplay()
    private var deliveries = ExpectedDeliveries()
    /// Events that the decisions so far have to leave in the log, the next one first.
    private var due: [DecidedEvent] = []
    /// Whether a row of this connection is damaged or lost.
    private var isInDoubt = false

    /// Position of the row taken last.
    private(set) var lastPosition: Int64 = 0
    /// Decisions compared.
    private(set) var compared = 0
    /// Differences that follow from a finding.
    private(set) var consequences = 0
    /// Whether it waits in the line of those to be forgotten.
    var isRetired = false

    /// The ordinal that the next row must have.
    var expectedOrdinal: Int64 { replay.state.ordinal &+ 1 }

    /// Whether the opening is known: without it nothing can be decided again.
    private var isComparable: Bool { replay.state.link != .unopened }

    /// Whether no more rows are to be expected.
    var isFinished: Bool {
        switch replay.state.link {
        case .unopened: true
        case .open: false
        case .closed: replay.state.turn == nil
        }
    }

    /// What has come so far, or comes now, may not be what happened.
    mutating func doubt() { isInDoubt = true }

    /// Takes the next row. `frame` is a spare buffer.
    mutating func take(
        _ row: LogRow,
        _ body: Span<UInt8>,
        _ reading: inout EventReading,
        frame: inout [UInt8],
        _ findings: inout [Finding]
    ) {
        lastPosition = row.position
        if isComparable, row.header.knownKind != .framesDelivered { compare(row, body, &findings) }
        let turn = replay.state.turn
        let step = replay.take(row.header, body, &reading)
        guard isComparable else { return }
        for effect in step.effects {
            if let event = DecidedEvent(effect, decidedOn: row.header.ordinal, turn: turn) {
                due.append(event)
            }
            note(effect, row.header.ordinal, body, &reading, &frame)
        }
        if case .framesDelivered(let through) = step.event {
            compareDelivery(row, body, through: through, &findings)
        }
    }

    /// Enters what an effect sends to the IDE.
    private mutating func note(
        _ effect: Effect,
        _ ordinal: Int64,
        _ body: Span<UInt8>,
        _ reading: inout EventReading,
        _ frame: inout [UInt8]
    ) {
        switch effect {
        case .forward:
            frame.removeAll(keepingCapacity: true)
            reading.appendForwarded(body, to: &frame)
            deliveries.add(bytes: frame.count, ordinal: ordinal)
        case .send(let text), .reject(let text): deliveries.add(bytes: text.count, ordinal: ordinal)
        case .accept, .post, .pong, .ping, .confirmDelivery, .endTurn, .cancelRequest, .close, .log:
            break
        }
    }

    /// What was decided stands directly after the event it was decided on. Only a delivery may stand
    /// between them: it tells of frames from before, and a close puts it on record first.
    private mutating func compare(
        _ row: LogRow,
        _ body: Span<UInt8>,
        _ findings: inout [Finding]
    ) {
        let recorded = DecidedEvent(recorded: row.header, body)
        guard !due.isEmpty else {
            if let recorded { report(.unexpectedDecision(recorded), row, &findings) }
            return
        }
        let expected = due.removeFirst()
        compared += 1
        guard let recorded else {
            due = []
            return report(.missingDecision(expected), row, &findings)
        }
        if let divergence = Divergence(expected: expected, recorded: recorded) {
            report(.divergence(divergence), row, &findings)
        }
    }

    private mutating func compareDelivery(
        _ row: LogRow,
        _ body: Span<UInt8>,
        through ordinal: Int64,
        _ findings: inout [Finding]
    ) {
        guard let recorded = FramesDelivered(body),
            let expected = deliveries.taken(through: ordinal)
        else { return }
        compared += 1
        guard recorded != expected else { return }
        report(.deliveryDiffers(expected: expected, recorded: recorded), row, &findings)
        deliveries.accept(recorded)
    }

    private mutating func report(
        _ kind: Finding.Kind,
        _ row: LogRow,
        _ findings: inout [Finding]
    ) {
        if isInDoubt {
            consequences += 1
        } else {
            findings.append(row.finding(kind))
        }
    }
}
