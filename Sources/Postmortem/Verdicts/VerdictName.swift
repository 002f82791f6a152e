/// What can be said of a connection, and above all of how it came by its session id. The raw value is the
/// name in outputs and documents; it never changes its meaning. What each one means stands in
/// ``entry``.
public enum VerdictName: String, CaseIterable, Sendable {
    // The session id.
    case bound
    case openedWithSession = "opened-with-session"
    case neverMessaged = "never-messaged"
    case streamEndedWithoutSessionInfo = "stream-ended-without-session-info"
    case streamBrokeBeforeSessionInfo = "stream-broke-before-session-info"
    case sessionInfoMalformed = "session-info-malformed"
    case sessionInfoWithoutID = "session-info-without-id"
    case sessionInfoTemporaryID = "session-info-temporary-id"
    case sessionInfoLate = "session-info-late"
    case sessionInfoAfterDisconnect = "session-info-after-disconnect"
    case sessionInfoUndelivered = "session-info-undelivered"
    case leftBeforeSessionInfo = "left-before-session-info"
    case conflictingSessionInfo = "conflicting-session-info"
    case unexpectedSessionInfo = "unexpected-session-info"
    case gatewayRestartedBeforeBinding = "gateway-restarted-before-binding"
    // What the gateway posted.
    case postedWithoutIDAfterBinding = "posted-without-id-after-binding"
    case postedWithTemporaryID = "posted-with-temporary-id"
    case postedWithOtherID = "posted-with-other-id"
    // What ids the IDE came with.
    case temporaryIDReused = "temporary-id-reused"
    case reconnectedWithTemporaryID = "reconnected-with-temporary-id"
    // The agent's answer.
    case requestFailed = "request-failed"
    case agentRefused = "agent-refused"
    case notAnEventStream = "not-an-event-stream"
    case emptyAnswer = "empty-answer"
    case answerBroke = "answer-broke"
    case dataNotAnObject = "data-not-an-object"
    case answerUnderWay = "answer-under-way"
    // The IDE's side.
    case leftDuringAnswer = "left-during-answer"
    case messagesDropped = "messages-dropped"
    case messageRefused = "message-refused"
    case allMessagesRefused = "all-messages-refused"
    case webSocketViolation = "websocket-violation"
    case slowConsumer = "slow-consumer"
    case heartbeatMissed = "heartbeat-missed"
    case connectionLost = "connection-lost"
    case gatewayStopped = "gateway-stopped"
    // The log.
    case logGap = "log-gap"
    case damagedRow = "damaged-row"
    case beginningMissing = "beginning-missing"

    /// Who is at fault, if circumstances do not say otherwise.
    public var side: FaultSide { entry.side }
    /// How much it weighs, if circumstances do not say otherwise.
    public var severity: VerdictSeverity { entry.severity }
    /// What it says, one plain sentence.
    public var summary: String { entry.summary }
    /// What to look at next.
    public var advice: String { entry.advice }

    /// Place in the table.
    var place: Int { Self.places[self] ?? 0 }

    /// Place among the verdicts that rest on one event.
    var rank: Int {
        switch self {
        case .webSocketViolation, .slowConsumer, .heartbeatMissed, .connectionLost,
            .gatewayStopped, .logGap, .damagedRow:
            0
        case .bound: 2
        default: 1
        }
    }

    private static let places = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) }
    )
}
