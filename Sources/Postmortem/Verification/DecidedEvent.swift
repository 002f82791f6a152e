import Events
import Session

/// An event that the gateway recorded because it decided to, not because something came from
/// outside: a replay can make it again and compare.
public struct DecidedEvent: Equatable, Sendable {
    /// What was decided.
    public var kind: EventKind
    /// Ordinal of the event that led to it.
    public var cause: Int64
    /// The kind's number.
    public var detail: Int64
    /// The exact bytes; nil where the decision leaves them open.
    public var body: [UInt8]?

    /// The event that an effect has to leave in the log; nil when it leaves none.
    ///
    /// - Parameters:
    ///   - ordinal: that of the event decided on.
    ///   - turn: the one under way before that event.
    init?(_ effect: Effect, decidedOn ordinal: Int64, turn: SessionState.Turn?) {
        switch effect {
        case .post(let frame, let body):
            self.init(kind: .requestSent, cause: frame, detail: 0, body: body)
        case .reject(let body):
            self.init(kind: .frameRejected, cause: ordinal, detail: 0, body: body)
        case .endTurn(let end):
            self.init(kind: .streamEnded, cause: ordinal, detail: end.rawValue, body: [])
        case .cancelRequest:
            let failure = RequestFailure.cancelled.rawValue
            let request = turn?.request ?? 0
            self.init(kind: .requestFailed, cause: request, detail: failure, body: nil)
        case .close(let closed, let code):
            self.init(kind: .connectionClosed, cause: ordinal, detail: code, body: closed.body)
        case .accept, .forward, .send, .pong, .ping, .confirmDelivery, .log: return nil
        }
    }

    /// A recorded event, when it is one that only a decision can have made; nil for one that came
    /// from outside.
    init?(recorded header: EventHeader, _ body: Span<UInt8>) {
        guard let kind = header.knownKind, Self.isDecided(kind, header) else { return nil }
        self.kind = kind
        cause = header.cause
        detail = header.detail
        self.body = body.withUnsafeBufferPointer { Array($0) }
    }

    private init(kind: EventKind, cause: Int64, detail: Int64, body: [UInt8]?) {
        self.kind = kind
        self.cause = cause
        self.detail = detail
        self.body = body
    }

    private static func isDecided(_ kind: EventKind, _ header: EventHeader) -> Bool {
        switch kind {
        case .requestSent: true
        case .frameRejected: header.detail == 0
        case .streamEnded: header.detail != StreamEnd.endOfBody.rawValue
        case .requestFailed: header.detail == RequestFailure.cancelled.rawValue
        case .connectionClosed: header.cause != 0
        case .gatewayStarted, .gatewayStopped, .connectionOpened, .frameReceived,
            .responseStarted, .chunkReceived, .framesDelivered, .restExchanged, .logGap,
            .timerElapsed, .restForwarded:
            false
        }
    }
}
