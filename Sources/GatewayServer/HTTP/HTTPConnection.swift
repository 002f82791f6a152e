import Events
import IOLoop
import Wire

/// A connection on which requests come: REST, health, and the handshakes of WebSockets.
///
///     readingHead → readingBody → answering → readingHead …
///         ↓    ↑                └ handshake → the socket belongs to an IDEConnection
///     awaitingKeys, until an access token can be checked
final class HTTPConnection: StreamSocketOwner {
    private enum Phase { case readingHead, awaitingKeys, readingBody, answering, over }

    /// Bytes of answers that may wait for the caller before it is read no more.
    private static let highMark = 256 << 10
    /// How long a body may be that nobody reads.
    private static let uselessBodyBytes = 4096

    let socket: StreamSocket
    let server: ServerLoop
    private var phase = Phase.readingHead
    private var parser = HTTPHeadParser()
    private var decoder: HTTPBodyDecoder?
    private var head: HTTPRequestHead?
    private var route = Route.health
    private var body: [UInt8] = []
    private var timer: LoopTimer?
    /// The call under way.
    private var call: RESTCall?
    /// This connection's stream in the log, when it has one.
    private var stream: (number: Int64, ordinal: Int64)?

    init(_ socket: StreamSocket, server: ServerLoop) {
        self.socket = socket
        self.server = server
        socket.owner = self
        let timer = LoopTimer { [weak self] in self?.end() }
        self.timer = timer
        server.loop.arm(timer, after: server.patience.request)
    }

    func socketConnected(_ socket: StreamSocket) {}

    func socket(_ socket: StreamSocket, received bytes: Span<UInt8>) -> Int {
        var offset = 0
        do throws(HTTPViolation) {
            while canRead {
                let rest = bytes.extracting(offset..<bytes.count)
                let count = phase == .readingHead ? try readHead(rest) : try readBody(rest)
                guard let count else { return offset }
                offset += count
                if phase == .readingBody, decoder?.isComplete == true { dispatch() }
            }
        } catch {
            answer(.error(error.status, error.description), keepAlive: false)
        }
        // A caller that waits for the keys and sends nothing more is still heard, should it leave.
        let isHeard = canRead || (phase == .awaitingKeys && offset == bytes.count)
        if phase != .over, !isHeard { socket.pauseReading() }
        return offset
    }

    func socketSent(_ socket: StreamSocket) { if canRead { socket.resumeReading() } }

    /// Whether more of a request may be read: a caller that takes no answers gets no more of them.
    private var canRead: Bool {
        (phase == .readingHead || phase == .readingBody) && socket.unsentBytes <= Self.highMark
    }

    func socket(_ socket: StreamSocket, ended end: SocketEnd) { self.end() }

    /// The gateway stops: no further request is read.
    func drain() {
        if phase == .readingHead { end() }
        if phase == .awaitingKeys, let refusal = server.refusal {
            answer(refusal, keepAlive: false)
        }
    }

    /// Answers the request under way.
    func answer(_ answer: HTTPAnswer, keepAlive: Bool = true) {
        guard phase != .over else { return }
        // An HTTP/1.0 client would have to be told that it may go on; it is closed instead.
        let mayGoOn = head?.keepAlive == true && head?.version == .http11
        let keep = keepAlive && mayGoOn && !server.isDraining
        let isToHead = head?.method == "HEAD"
        socket.write { answer.append(to: &$0, keepAlive: keep, isToHead: isToHead) }
        call = nil
        guard keep else { return end() }
        phase = .readingHead
        head = nil
        body = []
        if let timer { server.loop.arm(timer, after: server.patience.idle) }
        if canRead { socket.resumeReading() }
    }

    /// The log cannot be written: a call under way is answered with that. Nothing of this is on record.
    func failClosed(_ refusal: HTTPAnswer) {
        guard let call else { return }
        call.abandon()
        answer(refusal, keepAlive: false)
    }

    /// Records an event of this connection's own stream.
    func record(_ kind: EventKind, cause: Int64 = 0, detail: Int64 = 0, _ body: [UInt8]) -> Int64 {
        var stream = stream ?? (server.eventLog.makeConnectionNumber(), 0)
        stream.ordinal += 1
        self.stream = stream
        let header = EventHeader(
            kind,
            connection: stream.number,
            ordinal: stream.ordinal,
            cause: cause,
            at: server.loop.wallTime,
            detail: detail
        )
        server.recorder.record(header, sharing: body)
        return stream.ordinal
    }

    private func readHead(_ bytes: Span<UInt8>) throws(HTTPViolation) -> Int? {
        guard let (head, count) = try parser.parseRequest(bytes) else { return nil }
        parser = HTTPHeadParser()
        self.head = head
        try admit(head)
        return count
    }

    /// Decides what the request is for, and whether its body is read.
    private func admit(_ head: HTTPRequestHead) throws(HTTPViolation) {
        let peer = socket.peer?.description ?? ""
        route = Route(head, settings: server.settings, tokens: server.tokens, peer: peer)
        if case .awaitsKeys = route { return awaitKeys() }
        let framing = try head.bodyFraming()
        if case .refused(let refusal) = route, framing != .none, framing != .length(0) {
            // Nobody waits for the body of what is refused anyway (RFC 9110 §10.1.1).
            return answer(refusal, keepAlive: false)
        }
        // Only who may call the agent may make the gateway hold a body.
        let limit = route.reachesAgent ? server.settings.maxMessageBytes : Self.uselessBodyBytes
        decoder = try HTTPBodyDecoder(framing, limit: limit)
        phase = .readingBody
        if head.expectsContinue, decoder?.isComplete == false {
            socket.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        }
    }

    /// The request goes on when the keys of access tokens are there, or cannot be had.
    private func awaitKeys() {
        phase = .awaitingKeys
        if let timer { server.loop.disarm(timer) }
        server.tokens?.whenFetched(for: self) { [weak self] in self?.admitAgain() }
    }

    private func admitAgain() {
        guard phase == .awaitingKeys, let head else { return }
        if let timer { server.loop.arm(timer, after: server.patience.request) }
        do throws(HTTPViolation) {
            try admit(head)
        } catch {
            return answer(.error(error.status, error.description), keepAlive: false)
        }
        guard phase == .readingBody else { return }
        socket.resumeReading()
        if decoder?.isComplete == true { dispatch() }
    }

    private func readBody(_ bytes: Span<UInt8>) throws(HTTPViolation) -> Int? {
        guard !bytes.isEmpty else { return nil }
        return try decoder?.decode(bytes, into: &body)
    }

    private func dispatch() {
        guard let head else { return }
        phase = .answering
        if let timer { server.loop.disarm(timer) }
        switch route {
        case .health: answer(server.health)
        case .webSocket(let id, let authentication): upgrade(head, id, authentication)
        case .agent(let target): forward(head, target)
        case .refused(let answer): self.answer(answer)
        case .awaitsKeys: break
        }
    }

    private func forward(_ head: HTTPRequestHead, _ target: String) {
        if let refusal = server.refusal { return answer(refusal) }
        let call = RESTCall(head.method, target, head: head, body: body, caller: self)
        self.call = call
        call.start()
    }

    private func upgrade(_ head: HTTPRequestHead, _ id: String, _ authentication: String) {
        do throws(WebSocketHandshakeViolation) {
            let handshake = try WebSocketHandshake.accept(head)
            if let refusal = server.refusal { return answer(refusal, keepAlive: false) }
            guard server.counts.enter() else {
                return answer(.error(503, "too many connections"), keepAlive: false)
            }
            leave()
            server.open(
                socket,
                head: head,
                id: id,
                authentication: authentication,
                handshake: handshake
            )
        } catch {
            answer(.error(error.status, error.description, fields: error.fields))
        }
    }

    /// The socket goes its own way.
    private func leave() {
        phase = .over
        if let timer { server.loop.disarm(timer) }
        timer = nil
        server.tokens?.forget(self)
        server.forget(self)
    }

    /// Closes when everything has been sent; a call under way is given up.
    func end() {
        guard phase != .over else { return }
        call?.cancel()
        call = nil
        leave()
        socket.owner = nil
        socket.finish()
        server.awaitLeaving(socket)
    }
}
