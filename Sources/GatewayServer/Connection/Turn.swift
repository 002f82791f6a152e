import AgentClient
import Events
import IOLoop
import Wire

/// One request to the Agent Runtime and its answer: turns HTTP into the events of its connection.
///
///     awaitingHead ─2xx event stream─→ streaming ─end, done mark─→ over
///          │ ──────other status──────→ refused ──end, 8 KiB─────→ over
///          └ ──other content type────→ over (the answer is read away)
final class Turn: AgentExchangeOwner {
    private enum Phase { case awaitingHead, streaming, refused, over }

    /// How much of a refusal's body is put on record.
    private static let refusalBytes = 8 * 1024

    /// Ordinal of the request: the cause of all that comes of it.
    let request: Int64
    private var body: [UInt8]
    private unowned let connection: IDEConnection
    private var exchange: AgentExchange?
    private var phase = Phase.awaitingHead
    private var splitter: SSEBlockSplitter
    private var refusal: [UInt8] = []

    init(request: Int64, body: [UInt8], connection: IDEConnection, maxBlockBytes: Int) {
        self.request = request
        self.body = body
        self.connection = connection
        splitter = SSEBlockSplitter(limit: maxBlockBytes)
    }

    /// The request's body, which is needed once.
    func takeBody() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &body)
        return taken
    }

    /// Posts the request.
    func start(with client: AgentClient, _ request: AgentRequest) {
        guard phase != .over else { return }
        exchange = client.send(request, owner: self)
    }

    /// The answer, as far as it has not come, is of no more interest; the agent may end in peace.
    func detach() {
        phase = .over
        exchange?.detach()
        exchange = nil
    }

    /// Closes the request as soon as what is recorded about it is in the log.
    func cancel() {
        phase = .over
        guard let exchange else { return }
        self.exchange = nil
        connection.server.recorder.whenCommitted(.perform { exchange.cancel() })
    }

    /// Closes the request: the log cannot be written.
    func abandon() {
        phase = .over
        exchange?.cancel()
        exchange = nil
    }

    func pauseReading() { exchange?.pauseReading() }
    func resumeReading() { exchange?.resumeReading() }

    func exchange(_ exchange: AgentExchange, began head: HTTPResponseHead, raw: Span<UInt8>) {
        record(.responseStarted, detail: Int64(head.status), raw)
        if !(200...299).contains(head.status) {
            phase = .refused
        } else if head.isMediaType("text/event-stream") {
            phase = .streaming
        } else {
            let type = head.mediaType ?? "nothing"
            fail(.notEventStream, "the agent answered with \(type), not with text/event-stream")
            exchange.detach()
        }
    }

    func exchange(_ exchange: AgentExchange, received body: Span<UInt8>) -> Int {
        switch phase {
        case .streaming: return readBlocks(body)
        case .refused: readRefusal(body, exchange)
        case .awaitingHead, .over: break
        }
        return body.count
    }

    func exchange(_ exchange: AgentExchange, completed rest: Span<UInt8>) {
        switch phase {
        case .streaming:
            readLastBlock(rest)
            guard phase == .streaming else { return }
            over()
            connection.record(.streamEnded, cause: request, detail: StreamEnd.endOfBody.rawValue)
        case .refused: fail(.status, refusal)
        case .awaitingHead, .over: break
        }
    }

    func exchange(_ exchange: AgentExchange, failed failure: AgentFailure, rest: Span<UInt8>) {
        switch phase {
        case .streaming:
            readLastBlock(rest)
            if phase == .streaming { fail(failure.recorded, failure.description) }
        case .refused: fail(.status, refusal)
        case .awaitingHead: fail(failure.recorded, failure.description)
        case .over: break
        }
    }

    private func readBlocks(_ body: Span<UInt8>) -> Int {
        // Taken out of the objects once, for they are needed for each block.
        let connection = connection
        var splitter = splitter
        defer { self.splitter = splitter }
        var offset = 0
        do throws(SSEViolation) {
            while let count = try splitter.nextBlock(in: body.extracting(offset..<body.count)) {
                let block = body.extracting(offset..<offset + count)
                connection.record(.chunkReceived, cause: request, block)
                guard phase == .streaming else { return body.count }
                offset += count
            }
            connection.throttle()
            return offset
        } catch {
            cancel()
            fail(.malformedResponse, error.description)
            return body.count
        }
    }

    private func readLastBlock(_ rest: Span<UInt8>) {
        guard let count = splitter.lastBlock(in: rest) else { return }
        // The second half of a line's end is the rest of a block that has been read.
        let isOnlyLineEnd = count == 1 && rest[0] == UInt8(ascii: "\n")
        let detail = isOnlyLineEnd ? 0 : ChunkDetail.unterminated.rawValue
        record(.chunkReceived, detail: detail, rest.extracting(0..<count))
    }

    /// A refusal that is longer than what goes on record is not waited for: it may have no end.
    private func readRefusal(_ body: Span<UInt8>, _ exchange: AgentExchange) {
        let room = Self.refusalBytes - refusal.count
        body.withUnsafeBufferPointer { refusal.append(contentsOf: $0.prefix(room)) }
        guard refusal.count == Self.refusalBytes else { return }
        fail(.status, refusal)
        exchange.detach()
    }

    private func fail(_ failure: RequestFailure, _ reason: String) {
        fail(failure, Array(reason.utf8))
    }

    private func fail(_ failure: RequestFailure, _ known: [UInt8]) {
        over()
        let detail = failure.rawValue
        connection.record(.requestFailed, cause: request, detail: detail, known.span)
    }

    private func over() {
        phase = .over
        exchange = nil
    }

    private func record(_ kind: EventKind, detail: Int64 = 0, _ body: Span<UInt8>) {
        connection.record(kind, cause: request, detail: detail, body)
    }
}

extension AgentFailure {
    /// The failure as the log knows it.
    var recorded: RequestFailure {
        switch self {
        case .notResolved: .resolveFailed
        case .notConnected, .tooManyRequests, .unsendable: .connectFailed
        case .connectTimeout: .connectTimeout
        case .silent: .readTimeout
        case .broken: .brokenStream
        case .malformed(.truncated): .brokenStream
        case .malformed, .tooLong: .malformedResponse
        }
    }
}
