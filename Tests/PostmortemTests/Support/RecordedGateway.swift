import Events
import Session

/// Records conversations as a gateway does: what comes in, and directly after it what was decided.
/// Positions are shared by all connections.
struct RecordedGateway {
    private(set) var rows: [RecordedEvent] = []
    private var connections: [Int64: Connection] = [:]
    private var reading = EventReading()

    private struct Connection {
        var state = SessionState()
        var sent = FramesDelivered(frames: 0, bytes: 0)
        var lastSent: Int64 = 0
    }

    /// The state of a connection, as the gateway had it.
    func state(_ connection: Int64) -> SessionState { connections[connection]?.state ?? .init() }

    mutating func open(_ number: Int64, _ id: String, policy: SessionPolicy = SessionPolicy()) {
        let opening = ConnectionOpened(
            id: id,
            target: "/api/v1/ws/\(id)",
            peer: "127.0.0.1:5000",
            authentication: "none",
            fields: [.init(name: "user-agent", value: "IDE/1")],
            policy: policy
        )
        record(number, .connectionOpened, body: opening.body)
    }

    mutating func message(_ number: Int64, _ text: String) {
        let detail = FrameDetail(opcode: 1).detail
        record(number, .frameReceived, detail: detail, body: Array(text.utf8))
    }

    mutating func chunk(_ number: Int64, _ data: String) {
        let body = Array("data: \(data)\n\n".utf8)
        record(number, .chunkReceived, cause: request(number), body: body)
    }

    mutating func respond(_ number: Int64, status: Int64 = 200) {
        let head = Array("HTTP/1.1 \(status) X\r\ncontent-type: text/event-stream\r\n\r\n".utf8)
        record(number, .responseStarted, cause: request(number), detail: status, body: head)
    }

    mutating func endOfBody(_ number: Int64) {
        record(number, .streamEnded, cause: request(number))
    }

    mutating func fail(_ number: Int64, _ failure: RequestFailure, _ reason: String) {
        let body = Array(reason.utf8)
        record(number, .requestFailed, cause: request(number), detail: failure.rawValue, body: body)
    }

    mutating func heartbeat(_ number: Int64) {
        record(number, .timerElapsed, detail: TimerKind.heartbeat.rawValue)
    }

    mutating func closeFrame(_ number: Int64, code: Int64 = 1000) {
        let payload = [UInt8(code >> 8), UInt8(code & 255)]
        record(number, .frameReceived, detail: FrameDetail(opcode: 8).detail, body: payload)
    }

    mutating func violate(_ number: Int64) {
        record(number, .frameRejected, detail: 1002, body: Array("reserved bits are set".utf8))
    }

    mutating func lose(_ number: Int64) {
        let closed = ConnectionClosed(by: .network, reason: "connection reset")
        record(number, .connectionClosed, detail: 1006, body: closed.body)
    }

    /// The gateway ends the connection because a clock, a stop or a start says so.
    mutating func drop(_ number: Int64, code: Int64, _ reason: String) {
        let closed = ConnectionClosed(by: .gateway, reason: reason)
        record(number, .connectionClosed, detail: code, body: closed.body)
    }

    /// A request with any body, as no right gateway posts it.
    mutating func post(_ number: Int64, _ body: String) {
        record(number, .requestSent, cause: 0, body: Array(body.utf8))
    }

    /// A block as it came.
    mutating func block(_ number: Int64, _ bytes: String, _ detail: ChunkDetail = .terminated) {
        record(
            number,
            .chunkReceived,
            cause: request(number),
            detail: detail.rawValue,
            body: Array(bytes.utf8)
        )
    }

    /// The IDE's socket has taken everything.
    mutating func deliver(_ number: Int64) {
        guard let connection = connections[number] else { return }
        record(
            number,
            .framesDelivered,
            detail: connection.lastSent,
            body: connection.sent.body
        )
    }

    /// An event of the gateway itself.
    mutating func gateway(_ kind: EventKind, _ text: String) {
        append(0, kind, cause: 0, detail: 0, body: Array(text.utf8))
    }

    private func request(_ number: Int64) -> Int64 { state(number).turn?.request ?? 0 }

    /// Records an event, then what it makes the gateway decide.
    private mutating func record(
        _ number: Int64,
        _ kind: EventKind,
        cause: Int64 = 0,
        detail: Int64 = 0,
        body: [UInt8] = []
    ) {
        let header = append(number, kind, cause: cause, detail: detail, body: body)
        var connection = connections[number] ?? Connection()
        let turn = connection.state.turn
        let isFirst = turn?.chunks == 0
        let event = reading.read(header, body.span, isFirstChunk: isFirst)
        var effects: [Effect] = []
        connection.state.decide(event, header, body.span, &effects)
        connection.state.evolve(event, header, body.span)
        for effect in effects {
            guard let frame = frame(effect, body) else { continue }
            connection.sent.frames += 1
            connection.sent.bytes += Int64(frame.count)
            connection.lastSent = header.ordinal
        }
        connections[number] = connection
        for effect in effects { perform(effect, number, header.ordinal, turn) }
    }

    private mutating func frame(_ effect: Effect, _ chunk: [UInt8]) -> [UInt8]? {
        switch effect {
        case .send(let text), .reject(let text): return text
        case .forward:
            var frame: [UInt8] = []
            reading.appendForwarded(chunk.span, to: &frame)
            return frame
        default: return nil
        }
    }

    private mutating func perform(
        _ effect: Effect,
        _ number: Int64,
        _ ordinal: Int64,
        _ turn: SessionState.Turn?
    ) {
        switch effect {
        case .post(let frame, let body): record(number, .requestSent, cause: frame, body: body)
        case .reject(let body): record(number, .frameRejected, cause: ordinal, body: body)
        case .endTurn(let end):
            record(number, .streamEnded, cause: ordinal, detail: end.rawValue)
        case .cancelRequest:
            let detail = RequestFailure.cancelled.rawValue
            record(number, .requestFailed, cause: turn?.request ?? 0, detail: detail)
        case .close(let closed, let code):
            record(number, .connectionClosed, cause: ordinal, detail: code, body: closed.body)
        case .accept, .forward, .send, .pong, .ping, .confirmDelivery, .log: break
        }
    }

    @discardableResult
    private mutating func append(
        _ number: Int64,
        _ kind: EventKind,
        cause: Int64,
        detail: Int64,
        body: [UInt8]
    ) -> EventHeader {
        let ordinal = (rows.last { $0.header.connection == number }?.header.ordinal ?? 0) + 1
        let position = Int64(rows.count) + 1
        let header = EventHeader(
            kind,
            connection: number,
            ordinal: ordinal,
            cause: cause,
            at: 1_763_800_000_000_000 + position * 1_250,
            detail: detail
        )
        let checksum = header.checksum(over: body.span)
        rows.append(
            RecordedEvent(position: position, header: header, checksum: checksum, body: body)
        )
        return header
    }
}
