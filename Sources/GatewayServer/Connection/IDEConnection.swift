import AgentClient
import Events
import IOLoop
import Session
import Wire

/// A WebSocket of an IDE. It turns what happens into events, folds them into ``SessionState``, and
/// performs what `decide` asks for; it decides nothing itself.
final class IDEConnection {
    /// Bytes waiting for the IDE above which the agent is not read.
    static let highMark = 1 << 20
    /// Bytes waiting for the IDE below which the agent is read again.
    static let lowMark = 256 << 10

    let number: Int64
    let socket: StreamSocket
    let server: ServerLoop
    private(set) var state = SessionState()
    var reader: WebSocketFrameReader
    /// The turn under way.
    var turn: Turn?
    var ledger = DeliveryLedger()
    var isThrottled = false
    private var hasFramesInTurn = false
    var pulse: LoopTimer?
    var lastReceived: Int64
    var lastSent: Int64
    /// When the IDE left, monotonic microseconds.
    var leftAt: Int64 = 0
    let handshake: HTTPResponseHead
    /// The socket's count of bytes at which the handshake begins.
    private let handshakeStart: Int64

    init(
        number: Int64,
        socket: StreamSocket,
        server: ServerLoop,
        handshake: HTTPResponseHead
    ) {
        self.number = number
        self.socket = socket
        self.server = server
        self.handshake = handshake
        handshakeStart = socket.stagedBytes
        reader = WebSocketFrameReader(
            role: .server,
            maxMessageBytes: server.settings.maxMessageBytes
        )
        lastReceived = server.loop.now
        lastSent = server.loop.now
    }

    /// Records an event, folds it, and performs its effects. Nested events (an effect that is on record
    /// itself) come directly after their cause.
    func record(
        _ kind: EventKind,
        cause: Int64 = 0,
        detail: Int64 = 0,
        _ body: Span<UInt8> = Span(),
        isUrgent: Bool = true
    ) {
        let header = header(kind, cause, detail)
        server.recorder.record(header, body, isUrgent: isUrgent)
        take(header, body)
    }

    /// Records an event whose body may be long: the log shares its bytes.
    func record(_ kind: EventKind, cause: Int64 = 0, detail: Int64 = 0, sharing body: [UInt8]) {
        let header = header(kind, cause, detail)
        server.recorder.record(header, sharing: body)
        take(header, body.span)
    }

    private func header(_ kind: EventKind, _ cause: Int64, _ detail: Int64) -> EventHeader {
        EventHeader(
            kind,
            connection: number,
            ordinal: state.ordinal &+ 1,
            cause: cause,
            at: server.loop.wallTime,
            detail: detail
        )
    }

    /// Folds an event that has been recorded, and performs its effects.
    private func take(_ header: EventHeader, _ body: Span<UInt8>) {
        var effects = server.desk.take(header, body, into: &state)
        for effect in effects { perform(effect, header.ordinal, body) }
        server.desk.giveBack(&effects)
        switch header.knownKind {
        case .streamEnded, .requestFailed:
            if server.isDraining { drain() }
            retireIfOver()
        case .connectionClosed: retireIfOver()
        default: break
        }
    }

    /// Whether the IDE was told that it has a WebSocket.
    var isAccepted: Bool { socket.releasedBytes > handshakeStart }

    /// Stages bytes that leave when what has been recorded so far is in the log.
    /// Gives the socket's count of staged bytes.
    @discardableResult
    func stage(_ render: (inout [UInt8]) -> Void) -> Int64 {
        let end = socket.stage(render)
        guard !hasFramesInTurn else { return end }
        hasFramesInTurn = true
        server.recorder.whenCommitted(.frames(self, through: 0))
        return end
    }

    /// The end of a loop turn: how many bytes the commit of this turn releases.
    func sealFrames() -> Int64 {
        hasFramesInTurn = false
        return socket.stagedBytes
    }

    /// What is staged up to there is caused by committed events.
    func releaseFrames(through count: Int64) { socket.release(through: count) }

    /// The request is on record: it leaves.
    func send(_ turn: Turn) {
        guard turn === self.turn else { return }
        turn.start(with: server.client, server.turnRequest(turn.takeBody()))
    }

    /// All frames are released: the socket closes when they are sent.
    func finish() { socket.finish(linger: server.settings.closeTimeout) }

    /// Nothing more can happen to it when the WebSocket is over and no answer is awaited.
    private func retireIfOver() {
        if state.turn == nil { turn = nil }
        guard case .closed = state.link, state.turn == nil else { return }
        server.retire(self)
    }
}
