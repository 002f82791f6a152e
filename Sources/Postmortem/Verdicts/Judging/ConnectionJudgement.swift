import Events
import Session

/// Judges one connection, event by event. What is missing or damaged in the log is not taken to be
/// something that did not happen.
struct ConnectionJudgement {
    enum Link: Sendable { case unknown, open, closed }

    /// How the WebSocket ended.
    struct Closing: Sendable {
        var moment: Moment
        var side: ConnectionClosed.Side
        var code: Int64
        var reason: String
    }

    /// A session_info that bound the connection, until the IDE has taken it.
    struct Binding: Sendable {
        var moment: Moment
        var session: String
        var time: Int64?
    }

    let number: Int64
    var link = Link.unknown
    var pathID = ""
    var policy = SessionPolicy()
    var identity = KnownIdentity.unknown
    var opening: Moment?
    var closing: Closing?
    var turn: JudgedTurn?
    /// The first request; nil: there was none, or that is not known.
    var firstRequest: Moment?
    var accepted = 0
    var posted = 0
    var refused: JudgedTurn.Mark?
    var refusal = ""
    /// A frame that broke WebSocket.
    var violation: Moment?
    var violationReason = ""
    var heartbeat: Moment?
    var binding: Binding?
    var lastOrdinal: Int64 = 0
    var hasDamage = false
    /// Whether rows are missing or damaged: then nothing is counted.
    var isDoubtful = false
    /// Whether rows have been missing or damaged since the session was last told: there may be another.
    var isSessionDoubtful = false
    /// Whether a failure has said already why the connection ends.
    var isEndExplained = false
    var hasSaidRepeated = false
    /// Whether it has been said why the connection ended.
    var hasSaidLeaving = false
    /// Whether nothing more is to be said.
    private(set) var isOver = false

    init(_ number: Int64) { self.number = number }

    /// The id that it is known by.
    var id: String { if case .session(let id, _) = identity { id } else { pathID } }

    var isTemporary: Bool { TemporaryID(pathID) != nil }

    /// Whether the end has come and only the word of what the IDE's socket took is awaited.
    var awaitsDelivery: Bool { isOver && binding != nil }

    /// Takes the next event.
    mutating func take(
        _ event: Event,
        _ moment: Moment,
        _ header: EventHeader,
        isIntact: Bool,
        _ body: Span<UInt8>,
        _ desk: inout VerdictDesk
    ) {
        checkPlace(moment, isIntact, &desk)
        if isOver {
            takeLate(event, isIntact, &desk)
        } else if isIntact {
            take(event, moment, header, body, &desk)
        } else {
            takeDamaged(event, moment, &desk)
        }
        if !isOver, link == .closed, turn == nil { end(&desk) }
    }

    private mutating func take(
        _ event: Event,
        _ moment: Moment,
        _ header: EventHeader,
        _ body: Span<UInt8>,
        _ desk: inout VerdictDesk
    ) {
        switch event {
        case .chunkReceived(let chunk):
            let isTerminated = header.detail == ChunkDetail.terminated.rawValue
            take(chunk, moment, isTerminated: isTerminated, body, &desk)
        case .connectionOpened(let opened): open(opened, moment, &desk)
        case .messageReceived(let message): take(message, moment)
        case .violation(_, let reason):
            violation = moment
            violationReason = reason
        case .requestSent: beginTurn(moment, body, &desk)
        case .responseStarted(let status):
            turn?.head = moment
            turn?.status = status
        case .streamEnded: endAnswer(moment, &desk)
        case .requestFailed(let failure, let reason): fail(failure, reason, moment, &desk)
        case .framesDelivered(let through): deliver(through, &desk)
        case .connectionClosed(let closed, let code):
            close(closed, code, moment, isDecided: header.cause != 0, &desk)
        case .heartbeatDue: heartbeat = moment
        // One of a form that is not known here, or that cannot be read.
        case .unknown where header.knownKind != nil: doubt()
        case .pingReceived, .pongReceived, .closeReceived, .messageRejected, .unknown: break
        }
    }

    /// The log has ended, or the word of what the IDE's socket took has not come.
    mutating func finish(lastAt: Int64, _ desk: inout VerdictDesk) {
        if isOver { return settle(&desk) }
        if let turn { sayUnderWay(turn, lastAt: lastAt, &desk) }
        if binding != nil, link != .closed {
            sayBound("; that the IDE has taken it is not on record yet", &desk)
        }
        settle(&desk)
        if posted > 0 || accepted > 0 { sayRefused(&desk) }
        isOver = true
    }

    /// Says that a binding was not delivered, when nothing can be heard of it any more.
    mutating func settle(_ desk: inout VerdictDesk) {
        guard let binding else { return }
        // The word of it may be what is missing.
        guard !isDoubtful, let closing else {
            return sayBound("; rows are missing that may say whether the IDE took it", &desk)
        }
        self.binding = nil
        sayUndelivered(binding, closing, &desk)
    }

    private mutating func end(_ desk: inout VerdictDesk) {
        isOver = true
        if posted > 0 || accepted > 0 { sayRefused(&desk) }
    }

    private mutating func takeLate(
        _ event: Event,
        _ isIntact: Bool,
        _ desk: inout VerdictDesk
    ) {
        if isIntact, case .framesDelivered(let through) = event { deliver(through, &desk) }
        settle(&desk)
    }

    private mutating func open(
        _ opened: ConnectionOpened,
        _ moment: Moment,
        _ desk: inout VerdictDesk
    ) {
        guard link == .unknown else { return }
        link = .open
        opening = moment
        pathID = opened.id
        policy = opened.policy
        guard let session = SessionID(opened.id) else {
            identity = .unbound
            if isTemporary { compareWithEarlierUse(moment, &desk) }
            return
        }
        identity = .session(session.text, since: moment)
        say(.openedWithSession, [moment.evidence("opened, id \(session.text)")], "", &desk)
    }

    private mutating func take(_ message: IncomingMessage, _ moment: Moment) {
        guard link != .closed else { return }
        switch message {
        case .accepted: accepted &+= 1
        case .refused(let content):
            JudgedTurn.count(&refused, moment)
            if refused?.count == 1 { refusal = content }
        }
    }

    private mutating func deliver(_ through: Int64, _ desk: inout VerdictDesk) {
        guard let binding, binding.moment.ordinal <= through else { return }
        desk.memory.tell(pathID, binding.moment)
        sayBound("", &desk)
    }
}
