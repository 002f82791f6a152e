import IOLoop
import Wire

/// Who made a request and is told of its answer, on the loop's thread.
public protocol AgentExchangeOwner: AnyObject {
    /// The head of the answer came (not an interim one). `raw`: its bytes.
    func exchange(_ exchange: AgentExchange, began head: HTTPResponseHead, raw: Span<UInt8>)
    /// Bytes of the body came. Gives how many of them are done with; the others are given again, with what
    /// comes after them.
    func exchange(_ exchange: AgentExchange, received body: Span<UInt8>) -> Int
    /// The body is complete. `rest`: what was not done with.
    func exchange(_ exchange: AgentExchange, completed rest: Span<UInt8>)
    /// It failed; nothing more comes. `rest`: what of the body was not done with.
    func exchange(_ exchange: AgentExchange, failed failure: AgentFailure, rest: Span<UInt8>)
}

/// One request and its answer.
///
///     waiting ─→ connecting ─→ awaitingHead ─→ readingBody ─→ over
///                                    any ─failure, cancel─→ over
public final class AgentExchange {
    enum Phase { case waiting, connecting, awaitingHead, readingBody, over }

    private(set) var request: AgentRequest
    /// Kept until the end, for it is the owner that is waiting; nil: nobody is.
    private(set) var owner: (any AgentExchangeOwner)?
    unowned let client: AgentClient
    var phase = Phase.waiting
    var connection: AgentConnection?
    /// Addresses not tried yet.
    var addresses: [SocketAddress] = []
    /// When connecting is given up, monotonic microseconds.
    var connectDeadline: Int64 = 0
    var hasBeenRetried = false
    private var timer: LoopTimer?
    private var lastActivity: Int64 = 0

    init(_ request: AgentRequest, owner: any AgentExchangeOwner, client: AgentClient) {
        self.request = request
        self.owner = owner
        self.client = client
        let timer = LoopTimer { [self] in checkSilence() }
        self.timer = timer
        lastActivity = client.loop.now
        client.loop.arm(timer, after: client.settings.connectTimeout)
    }

    /// Closes the connection; the owner hears nothing more.
    public func cancel() {
        guard phase != .over else { return }
        owner = nil
        connection?.abort()
        end()
    }

    /// The owner is done with the answer: what still comes is read and thrown away for a bounded time,
    /// so that the agent can end in peace and the connection can be used again.
    public func detach() {
        guard phase != .over else { return }
        owner = nil
        connection?.resumeReading()
        if let timer { client.loop.arm(timer, after: client.settings.drainTimeout) }
    }

    /// Reads no more from the agent for now; silence is not counted meanwhile.
    public func pauseReading() { connection?.pauseReading() }

    /// Goes on after ``pauseReading()``.
    public func resumeReading() {
        touch()
        connection?.resumeReading()
    }

    /// Something moved: the silence begins anew.
    func touch() { lastActivity = client.loop.now }

    /// The answer has begun: the request will not be sent again.
    func dropBody() { request.body = nil }

    /// An address gets its share of the time for connecting.
    func limitConnecting(to time: Int64) { if let timer { client.loop.arm(timer, after: time) } }

    /// From now on the limit is that of the request.
    func begin(_ phase: Phase) {
        self.phase = phase
        touch()
        if let timer, phase == .awaitingHead { client.loop.arm(timer, after: request.silenceLimit) }
    }

    func fail(_ failure: AgentFailure) {
        guard phase != .over else { return }
        let owner = owner
        let rest = connection?.takeLeftover() ?? []
        connection?.abort()
        end()
        owner?.exchange(self, failed: failure, rest: rest.span)
    }

    /// The exchange is over; the client may begin another one.
    func end() {
        phase = .over
        connection = nil
        owner = nil
        if let timer { client.loop.disarm(timer) }
        timer = nil
        client.ended(self)
    }

    /// The timer does not follow every byte: when it fires, it looks how long the silence was.
    private func checkSilence() {
        guard let timer, phase != .over else { return }
        guard phase != .waiting else { return fail(.tooManyRequests) }
        guard phase != .connecting else { return client.connectTimedOut(self) }
        guard owner != nil else { return fail(.broken("drained")) }
        if connection?.isReadingPaused == true { touch() }
        let rest = lastActivity &+ request.silenceLimit &- client.loop.now
        guard rest > 0 else { return fail(.silent(request.silenceLimit)) }
        client.loop.arm(timer, after: rest)
    }
}
