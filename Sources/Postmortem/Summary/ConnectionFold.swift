import Events
import Session

/// One connection's events folded into its summary and its turns.
public struct ConnectionFold: Sendable {
    private var counted: ConnectionSummary
    private var state = SessionState()
    private var current: TurnSummary?

    /// A connection before its first event, which is at a position.
    public init(connection: Int64, firstPosition: Int64, at: Int64) {
        counted = ConnectionSummary(connection: connection, firstPosition: firstPosition, at: at)
    }

    /// Whether no more events are to be expected.
    public var isFinished: Bool {
        if case .closed = state.link { state.turn == nil } else { false }
    }

    /// The turn under way.
    public var turn: TurnSummary? { current }

    /// All that is known of it.
    public var summary: ConnectionSummary {
        var summary = counted
        summary.turns = Int64(state.turns)
        summary.pathID = state.pathID
        summary.sessionID = state.identity?.sessionID?.text
        summary.isAnswerUnderWay = state.turn != nil
        summary.waiting = Int64(state.waiting.count)
        summary.anomalies = Int64(state.anomalyCount)
        summary.anomalyWords = state.anomalies.prefix(ConnectionSummary.anomalyLimit)
            .map(\.kind.words)
        return summary
    }

    /// Takes the connection's next row. Never fails.
    ///
    /// - Parameter reading: a spare one.
    public mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>,
        _ reading: inout EventReading,
        _ changes: inout SummaryChanges
    ) {
        let event = reading.read(header, body, isFirstChunk: state.turn?.chunks == 0)
        if header.checksum(over: body) != checksum { counted.damagedRows += 1 }
        counted.events += 1
        counted.lastPosition = position
        counted.lastAt = header.at
        note(event, position, header, body, &changes)
        state.evolve(event, header, body)
    }

    /// What an event adds, given the state before it.
    private mutating func note(
        _ event: Event,
        _ position: Int64,
        _ header: EventHeader,
        _ body: Span<UInt8>,
        _ changes: inout SummaryChanges
    ) {
        switch event {
        case .connectionOpened: counted.hasOpening = true
        case .messageReceived: counted.messages += 1
        case .requestSent: beginTurn(position, header, &changes)
        case .responseStarted(let status): current?.status = status
        case .chunkReceived(let chunk):
            counted.chunks += 1
            current?.chunks += 1
            if case .sessionInfo(.id(let id)) = chunk.content {
                bind(id, position, header, &changes)
            }
        case .streamEnded, .requestFailed: endTurn(position, header, &changes)
        case .framesDelivered:
            counted.framesDelivered = FramesDelivered(body)?.frames ?? counted.framesDelivered
        case .connectionClosed(let closed, let code):
            guard state.isOpen else { return }
            counted.closing = ConnectionSummary.Closing(
                position: position,
                at: header.at,
                side: closed.side.rawValue,
                code: code,
                reason: closed.reason
            )
        case .pingReceived, .pongReceived, .closeReceived, .messageRejected, .violation,
            .heartbeatDue, .unknown:
            break
        }
    }

    private mutating func bind(
        _ id: SessionID,
        _ position: Int64,
        _ header: EventHeader,
        _ changes: inout SummaryChanges
    ) {
        guard state.turn != nil, state.identity != .session(id) else { return }
        counted.addBinding(to: id.text)
        changes.bindings.append(
            Binding(
                connection: header.connection,
                position: position,
                at: header.at,
                earlierID: state.label,
                sessionID: id.text
            )
        )
    }

    private mutating func beginTurn(
        _ position: Int64,
        _ header: EventHeader,
        _ changes: inout SummaryChanges
    ) {
        if let current { changes.turns.append(current) }
        current = TurnSummary(
            connection: header.connection,
            request: header.ordinal,
            position: position,
            at: header.at
        )
    }

    private mutating func endTurn(
        _ position: Int64,
        _ header: EventHeader,
        _ changes: inout SummaryChanges
    ) {
        guard var ended = current, let kind = header.knownKind else { return }
        ended.end = TurnSummary.End(
            position: position,
            at: header.at,
            kind: kind,
            detail: header.detail
        )
        changes.turns.append(ended)
        current = nil
    }
}
