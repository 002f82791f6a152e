import IOLoop
import Wire

/// One connection to the simulator: reads a request, answers it, and so on until one side closes.
///
///     reading → answering → reading …
///     reading at the end of input, a bad request or too long an idleness → closed
///     answering at the end of input → closed, the request cancelled
final class SimulatorConnection: StreamSocketOwner {
    static let maxBodyBytes = 16 << 20
    /// Bytes of the next request that may wait while this one is answered.
    static let maxWaitingBytes = 64 * 1024

    let socket: StreamSocket
    let agent: any AnsweringAgent
    /// Called once, when the connection is over.
    private let closed: (SimulatorConnection) -> Void

    private var parser = HTTPHeadParser()
    private var head: HTTPRequestHead?
    private var decoder: HTTPBodyDecoder?
    private var body: [UInt8] = []

    /// The steps still to be done; nil: a request is being read.
    var steps: ArraySlice<AnswerStep>?
    var number = 0
    var keepsAlive = true
    /// How to end the connection when everything has been sent.
    var ending: Ending?

    enum Ending { case close, reset }

    lazy var stepTimer = LoopTimer { [weak self] in self?.perform() }
    private lazy var idleTimer = LoopTimer { [weak self] in self?.idled() }

    init(
        _ socket: StreamSocket,
        agent: any AnsweringAgent,
        closed: @escaping (SimulatorConnection) -> Void
    ) {
        self.socket = socket
        self.agent = agent
        self.closed = closed
        socket.owner = self
        waitForRequest()
    }

    func socketConnected(_ socket: StreamSocket) {}

    func socket(_ socket: StreamSocket, received bytes: Span<UInt8>) -> Int {
        guard steps == nil else {
            if bytes.count > Self.maxWaitingBytes { socket.pauseReading() }
            return 0
        }
        do throws(HTTPViolation) {
            return try readRequests(bytes)
        } catch {
            socket.write(AnswerHead.refusal(error.status, error.description, closes: true))
            close()
            return bytes.count
        }
    }

    func socket(_ socket: StreamSocket, ended end: SocketEnd) {
        guard steps == nil else { return cancel() }
        close()
    }

    func socketSent(_ socket: StreamSocket) {
        endIfSent()
    }

    /// Reads until a request's answer takes time, or more bytes are needed. Gives how many are done with.
    private func readRequests(_ bytes: Span<UInt8>) throws(HTTPViolation) -> Int {
        var consumed = 0
        while steps == nil, socket.isOpen, consumed < bytes.count {
            let count = try read(bytes.extracting(consumed..<bytes.count))
            if count == 0 { break }
            consumed += count
        }
        return consumed
    }

    /// Gives how many bytes were the request's.
    private func read(_ bytes: Span<UInt8>) throws(HTTPViolation) -> Int {
        var consumed = 0
        if head == nil {
            guard let (head, count) = try parser.parseRequest(bytes) else { return 0 }
            self.head = head
            consumed = count
            decoder = try HTTPBodyDecoder(head.bodyFraming(), limit: Self.maxBodyBytes)
            if head.hasToken("100-continue", in: "Expect") {
                socket.write(AnswerHead.bytes(status: 100, [:]))
            }
        }
        let rest = bytes.extracting(consumed..<bytes.count)
        consumed += try decoder?.decode(rest, into: &body) ?? 0
        if decoder?.isComplete == true { answer() }
        return consumed
    }

    private func answer() {
        guard let head else { return }
        let answer = agent.answer(head, body, at: socket.loop.wallTime)
        keepsAlive = head.keepAlive
        self.head = nil
        decoder = nil
        body = []
        number = answer.number
        steps = answer.steps[...]
        socket.loop.disarm(idleTimer)
        perform()
    }

    /// Ready for the next request, which may be here already.
    func waitForRequest() {
        steps = nil
        armIdleTimer()
        socket.resumeReading()
        socket.redeliver()
    }

    private func armIdleTimer() {
        socket.loop.arm(idleTimer, after: agent.idleTimeout)
    }

    /// A client that is still taking the last answer is not idle.
    private func idled() {
        if socket.unsentBytes > 0 { armIdleTimer() } else { close() }
    }

    /// Closes when everything has been sent.
    func close() {
        socket.finish()
        end()
    }

    /// Closes at once.
    func abort() {
        socket.abort()
        end()
    }

    private func end() {
        steps = nil
        socket.loop.disarm(idleTimer)
        socket.loop.disarm(stepTimer)
        closed(self)
    }
}
