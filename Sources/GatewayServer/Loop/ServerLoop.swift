import AgentClient
import EventStore
import Events
import IOLoop
import Session
import Wire

/// One loop of the gateway with everything that lives on its thread.
final class ServerLoop {
    /// What other threads may ask of it.
    enum Request: Sendable {
        /// Stop in good order.
        case drain
    }

    let loop: EventLoop
    let settings: Settings
    let log: OperatorLog
    let eventLog: EventLog
    let client: AgentClient
    /// Nil where access tokens mean nothing.
    let tokens: TokenKeys?
    let recorder: Recorder
    let counts: ConnectionCounts
    /// What a caller's socket calls when it is closed.
    private let callerClosed: () -> Void
    /// What a WebSocket's socket calls when it is closed.
    private let webSocketClosed: () -> Void
    /// For connections that are accepted from now on.
    var patience = RequestPatience()
    var desk = EventDesk()

    private var listener: Listener?
    private(set) var connections: [Int64: IDEConnection] = [:]
    private var callers: [ObjectIdentifier: HTTPConnection] = [:]
    /// Connections that are not read because the log is behind.
    private var heldBack: [Int64: IDEConnection] = [:]
    /// Streams that a failure of the log has cut off.
    var severed = SeveredStreams()
    /// Number of the submission that the severed streams wait for.
    var awaitedSubmission: Int64 = 0
    var areEndingsRecorded = false
    var isLogFailing = false
    /// Sockets of connections that ended while the loop drains: their last frames are still to leave.
    private var leaving: [StreamSocket] = []
    private var drainTimer: LoopTimer?
    private var drainDeadline: Int64 = 0
    private(set) var isDraining = false
    private var isLeaving = false
    /// Makes another turn when the reader of the operators' log is slow.
    private let logTimer = LoopTimer {}
    private static let logDelay: Int64 = 100_000
    private let turnHead: AgentRequestHead

    /// How long the last frames have at least when the loop stops, in microseconds.
    private static let leavingTime: Int64 = 50_000

    init(
        settings: Settings,
        log: OperatorLog,
        eventLog: EventLog,
        counts: ConnectionCounts,
        mailbox: Mailbox<Request>
    ) throws(IOError) {
        self.settings = settings
        self.log = log
        self.eventLog = eventLog
        self.counts = counts
        callerClosed = { counts.hungUp() }
        webSocketClosed = { counts.left() }
        loop = try EventLoop()
        client = try AgentClient(
            settings.agentURL,
            settings: AgentClientSettings(
                connectTimeout: settings.requestTimeout,
                maxExchanges: max(1, settings.maxConcurrentRequests / settings.loops)
            ),
            on: loop
        )
        tokens = settings.useJWT ? try TokenKeys(settings: settings, log: log, on: loop) : nil
        let observer = try LogObserver()
        recorder = Recorder(
            log: eventLog,
            sync: settings.logSync,
            loop: loop,
            observer: observer
        )
        turnHead = AgentRequestHead(
            "POST",
            "/agent/message/stream",
            to: settings.agentURL,
            fields: [
                "Content-Type": "application/json",
                "X-Internal-Auth": settings.internalKey,
                "Accept": "text/event-stream",
            ]
        )
        observer.open(on: loop) { [unowned self] in hear($0) }
        mailbox.open(on: loop) { [unowned self] _ in drain() }
        loop.onTurnEnd = { [unowned self] in endTurn() }
        if settings.logSync == .full { loop.polls = Self.pollsBeforeSync }
    }

    /// Each turn that has events costs a sync of the disk with `full`.
    private static let pollsBeforeSync = 4

    /// Listens; gives the address.
    func listen(on address: SocketAddress) throws(IOError) -> SocketAddress {
        let isShared = settings.loops > 1
        let listener = try Listener(
            on: address,
            loop: loop,
            sharedPort: isShared,
            mayAccept: { [counts] in counts.hasRoom }
        ) { [unowned self] descriptor, peer in
            counts.call()
            let socket = StreamSocket(adopting: descriptor, peer: peer, on: loop)
            socket.onClose = callerClosed
            let caller = HTTPConnection(socket, server: self)
            callers[ObjectIdentifier(caller)] = caller
        }
        self.listener = listener
        tokens?.start()
        return listener.address
    }

    /// The request of a turn.
    func turnRequest(_ body: [UInt8]) -> AgentRequest {
        AgentRequest(turnHead, body: body, silenceLimit: settings.streamTimeout)
    }

    /// A WebSocket has come out of a request; it has its place.
    func adopt(_ connection: IDEConnection) {
        connections[connection.number] = connection
        counts.hungUp()
        connection.socket.onClose = webSocketClosed
    }

    /// The WebSocket is over; its connection may have to end yet.
    func release(_ socket: StreamSocket) {
        guard socket.onClose != nil else { return }
        counts.leave()
        socket.onClose = callerClosed
    }

    /// Nothing more can happen to the connection.
    func retire(_ connection: IDEConnection) {
        guard connections.removeValue(forKey: connection.number) != nil else { return }
        connection.endPulse()
        awaitLeaving(connection.socket)
    }

    /// The connection is read again when the log has caught up.
    func holdBack(_ connection: IDEConnection) { heldBack[connection.number] = connection }

    /// Lets go of all WebSockets and gives them.
    func takeConnections() -> [IDEConnection] {
        let taken = Array(connections.values)
        connections = [:]
        return taken
    }

    /// The log cannot be written: calls under way are answered with that.
    func failCallers(_ refusal: HTTPAnswer) {
        for caller in Array(callers.values) { caller.failClosed(refusal) }
    }

    /// The caller's connection has ended, or has become a WebSocket.
    func forget(_ caller: HTTPConnection) {
        callers.removeValue(forKey: ObjectIdentifier(caller))
    }

    /// The loop stops when the socket's last bytes have left, if there is time.
    func awaitLeaving(_ socket: StreamSocket) { if isDraining { leaving.append(socket) } }

    private func endTurn() {
        if let batch = recorder.submit() { committed(batch) }
        if !log.flush(), !logTimer.isArmed { loop.arm(logTimer, after: Self.logDelay) }
        if isDraining, isDrained, recorder.isIdle { finishDraining() }
    }

    /// Reads again what was held back, when the log has caught up.
    func resumeHeldBack() {
        guard !heldBack.isEmpty, !recorder.isOverfull else { return }
        var resumed: [Int64: IDEConnection] = [:]
        swap(&resumed, &heldBack)
        for connection in resumed.values { connection.resumeReading() }
    }
}

// MARK: - Stopping

extension ServerLoop {
    private func drain() {
        guard !isDraining else { return }
        isDraining = true
        listener?.close()
        for connection in Array(connections.values) { connection.drain() }
        for caller in Array(callers.values) { caller.drain() }
        drainDeadline = loop.now &+ settings.drainTimeout
        let timer = LoopTimer { [unowned self] in stopConnections() }
        drainTimer = timer
        loop.arm(timer, after: settings.drainTimeout)
        loop.turnAgain()
    }

    /// Whether nothing is under way, or no time is left for it.
    private var isDrained: Bool {
        connections.isEmpty && (callers.isEmpty || loop.now >= drainDeadline)
    }

    private func stopConnections() {
        for connection in Array(connections.values) { connection.stopNow() }
        for connection in Array(connections.values) { retire(connection) }
        for caller in Array(callers.values) { caller.end() }
        loop.turnAgain()
    }

    /// All is on record. The last frames leave until the deadline; past it they get a moment.
    private func finishDraining() {
        guard !isLeaving else { return }
        isLeaving = true
        client.close()
        tokens?.close()
        let timer = LoopTimer { [unowned self] in leave() }
        if let drainTimer { loop.disarm(drainTimer) }
        drainTimer = timer
        loop.arm(timer, after: Self.leavingTime)
    }

    private func leave() {
        let isUnsent = leaving.contains { $0.unsentBytes > 0 }
        guard isUnsent, loop.now < drainDeadline, let drainTimer else { return loop.stop() }
        loop.arm(drainTimer, after: Self.leavingTime)
    }
}
