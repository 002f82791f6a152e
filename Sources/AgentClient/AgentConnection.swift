import IOLoop
import Wire

/// A connection to the Agent Runtime, used for one exchange after the other.
final class AgentConnection: StreamSocketOwner {
    private let socket: StreamSocket
    private let client: AgentClient
    private var exchange: AgentExchange?
    private var parser: HTTPHeadParser
    private var decoder: HTTPBodyDecoder?
    private var canBeReused = true
    /// Body bytes that the exchange's owner was not done with.
    private var leftover: [UInt8] = []
    /// Count of sent bytes at which the request under way began.
    private var requestStart: Int64 = 0
    private var exchanges = 0
    /// When it became idle, monotonic microseconds.
    private(set) var idleSince: Int64 = 0

    init(_ socket: StreamSocket, client: AgentClient) {
        self.socket = socket
        self.client = client
        parser = HTTPHeadParser()
        socket.owner = self
    }

    /// Whether a request may be sent on it after its idleness. The agent may have closed it without the loop
    /// having got round to that: a request would be lost on it.
    func isUsable(at now: Int64, idleLimit: Int64) -> Bool {
        socket.isOpen && now &- idleSince < idleLimit && !socket.hasUnreadInput
    }

    var isReadingPaused: Bool { socket.isReadingPaused }

    func pauseReading() { socket.pauseReading() }
    func resumeReading() { socket.resumeReading() }

    func abort() {
        exchange = nil
        socket.abort()
    }

    /// Sends the request of the exchange. On a connection that is being made it leaves when it is there.
    func run(_ exchange: AgentExchange, isConnected: Bool) {
        self.exchange = exchange
        exchange.connection = self
        exchange.begin(isConnected ? .awaitingHead : .connecting)
        exchanges += 1
        requestStart = socket.stagedBytes
        let request = exchange.request
        do throws(HTTPViolation) {
            let head = try request.head.bytes(bodyBytes: request.body?.count)
            socket.write { output in
                output.append(contentsOf: head)
                if let body = request.body { output.append(contentsOf: body) }
            }
        } catch {
            client.loop.later { exchange.fail(.unsendable(error)) }
        }
    }

    func socketConnected(_ socket: StreamSocket) { exchange?.begin(.awaitingHead) }

    func socketSent(_ socket: StreamSocket) { exchange?.touch() }

    func socket(_ socket: StreamSocket, received bytes: Span<UInt8>) -> Int {
        guard let exchange else { return dropExcess(bytes.count) }
        // Interim answers, of which there can be any number, are no sign of an answer.
        if decoder != nil { exchange.touch() }
        do throws(HTTPViolation) {
            var offset = 0
            while decoder == nil {
                let rest = bytes.extracting(offset..<bytes.count)
                guard let (head, count) = try parser.parseResponse(rest) else { return offset }
                let raw = bytes.extracting(offset..<offset + count)
                offset += count
                if !head.isInterim { try begin(head, raw, exchange) }
                guard exchange.phase != .over else { return bytes.count }
            }
            return offset + (try receiveBody(bytes.extracting(offset..<bytes.count), exchange))
        } catch {
            exchange.fail(.malformed(error))
            return bytes.count
        }
    }

    func socket(_ socket: StreamSocket, ended end: SocketEnd) {
        guard let exchange else { return client.forget(self) }
        if case .failed(let error) = end, exchange.phase == .connecting {
            return client.connectFailed(exchange, error)
        }
        if case .endOfInput = end, endBody(exchange) { return }
        if canRetry(exchange) { return client.retry(exchange) }
        switch end {
        case .endOfInput: exchange.fail(.broken("the connection was closed"))
        case .failed(let error): exchange.fail(.broken(error.reason))
        }
    }

    private func begin(
        _ head: HTTPResponseHead,
        _ raw: Span<UInt8>,
        _ exchange: AgentExchange
    ) throws(HTTPViolation) {
        let framing = try head.bodyFraming(toMethod: exchange.request.head.method)
        decoder = try HTTPBodyDecoder(framing)
        // What comes after a 101 is not HTTP (RFC 9110 §15.2.2).
        canBeReused = head.keepAlive && framing != .untilClose && head.status != 101
        exchange.begin(.readingBody)
        exchange.dropBody()
        exchange.owner?.exchange(exchange, began: head, raw: raw)
    }

    /// The owner may cancel the exchange while it looks at the bytes; so they are held outside. What
    /// came before a violation is the owner's like any other: a session_info may be in it.
    private func receiveBody(
        _ bytes: Span<UInt8>,
        _ exchange: AgentExchange
    ) throws(HTTPViolation) -> Int {
        var body = takeBuffer()
        var consumed = 0
        var violation: HTTPViolation?
        do throws(HTTPViolation) {
            consumed = try decoder?.decode(bytes, into: &body) ?? 0
        } catch {
            violation = error
        }
        let done = body.isEmpty ? 0 : deliver(body.span, exchange)
        guard exchange.phase != .over else {
            client.giveBack(&body)
            return bytes.count
        }
        if violation == nil, decoder?.isComplete == true {
            // More bytes than the answer has: the connection cannot be trusted any more.
            if consumed < bytes.count { canBeReused = false }
            complete(exchange, rest: body.span.extracting(done..<body.count))
            client.giveBack(&body)
            return bytes.count
        }
        keepLeftover(&body, from: done)
        if let violation { throw violation }
        return consumed
    }

    /// Holds what the owner was not done with until there is more, or no more.
    private func keepLeftover(_ body: inout [UInt8], from done: Int) {
        guard done < body.count else { return client.giveBack(&body) }
        if done > 0 { body.removeFirst(done) }
        swap(&leftover, &body)
    }

    private func takeBuffer() -> [UInt8] {
        leftover.isEmpty ? client.takeBuffer() : takeLeftover()
    }

    /// Takes out the body bytes that the owner was not done with.
    func takeLeftover() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &leftover)
        return taken
    }

    private func deliver(_ body: Span<UInt8>, _ exchange: AgentExchange) -> Int {
        guard let owner = exchange.owner else { return body.count }
        return owner.exchange(exchange, received: body)
    }

    /// Bytes that belong to no answer: the connection cannot be trusted any more.
    private func dropExcess(_ count: Int) -> Int {
        client.forget(self)
        return count
    }

    /// Whether the end of the connection is the proper end of the body.
    private func endBody(_ exchange: AgentExchange) -> Bool {
        guard decoder != nil, (try? decoder?.endOfInput()) != nil else { return false }
        canBeReused = false
        let rest = takeLeftover()
        complete(exchange, rest: rest.span)
        return true
    }

    private func complete(_ exchange: AgentExchange, rest: Span<UInt8>) {
        self.exchange = nil
        decoder = nil
        parser = HTTPHeadParser()
        let owner = exchange.owner
        socket.resumeReading()
        if canBeReused, socket.isOpen, socket.unsentBytes == 0 {
            idleSince = client.loop.now
            client.keep(self)
        } else {
            socket.abort()
        }
        // An exchange that waits for this one's place can have the connection at once.
        exchange.end()
        owner?.exchange(exchange, completed: rest)
    }

    /// A connection that had been idle may be closed by the agent just as a request leaves. The request is
    /// sent again when no byte of it went out, or when twice is as good as once.
    private func canRetry(_ exchange: AgentExchange) -> Bool {
        guard exchanges > 1, exchange.phase == .awaitingHead, !exchange.hasBeenRetried else {
            return false
        }
        return socket.sentBytes == requestStart || exchange.request.head.isIdempotent
    }
}
