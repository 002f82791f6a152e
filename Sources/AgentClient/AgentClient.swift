import Glibc
import IOLoop
import Wire

/// Limits of an ``AgentClient``; times in microseconds.
public struct AgentClientSettings: Sendable {
    /// How long resolving and connecting may take, and waiting for a free place before it.
    public var connectTimeout: Int64
    /// How long an answer that nobody needs any more is read on.
    public var drainTimeout: Int64
    /// How long a connection is kept without use: less than the agent keeps it.
    public var idleLimit: Int64
    /// How many requests may be under way.
    public var maxExchanges: Int

    /// Limits; by default for an agent that closes idle connections after 5 s.
    public init(
        connectTimeout: Int64 = 30_000_000,
        drainTimeout: Int64 = 30_000_000,
        idleLimit: Int64 = 4_000_000,
        maxExchanges: Int = 10_000
    ) {
        self.connectTimeout = connectTimeout
        self.drainTimeout = drainTimeout
        self.idleLimit = idleLimit
        self.maxExchanges = maxExchanges
    }
}

/// An HTTP/1.1 client for one Agent Runtime, on one loop, with a pool of idle connections.
public final class AgentClient {
    let origin: HTTPBaseURL
    let loop: EventLoop
    let settings: AgentClientSettings
    private let addresses: AgentAddresses
    private var idle: [AgentConnection] = []
    private var active: [ObjectIdentifier: AgentExchange] = [:]
    private var waiting: [AgentExchange] = []
    private var sweep: LoopTimer?
    private var spare: [UInt8] = []

    /// A client of the agent at `origin`, which must be an `http` one.
    public init(
        _ origin: HTTPBaseURL,
        settings: AgentClientSettings = AgentClientSettings(),
        on loop: EventLoop
    ) throws(IOError) {
        self.origin = origin
        self.loop = loop
        self.settings = settings
        addresses = try AgentAddresses(host: origin.host, port: origin.port, loop: loop)
        sweep = LoopTimer { [unowned self] in dropIdle() }
    }

    deinit { if let sweep { loop.disarm(sweep) } }

    /// Number of requests under way or waiting.
    public var exchanges: Int { active.count + waiting.count }

    /// Sends a request. The owner is told of the answer, never before this call returns.
    public func send(_ request: AgentRequest, owner: any AgentExchangeOwner) -> AgentExchange {
        let exchange = AgentExchange(request, owner: owner, client: self)
        if active.count < settings.maxExchanges {
            start(exchange)
        } else {
            waiting.append(exchange)
        }
        return exchange
    }

    /// Closes everything; nobody is told.
    public func close() {
        for exchange in waiting { exchange.cancel() }
        for exchange in active.values { exchange.cancel() }
        for connection in idle { connection.abort() }
        idle = []
        if let sweep { loop.disarm(sweep) }
    }

    private func start(_ exchange: AgentExchange) {
        active[ObjectIdentifier(exchange)] = exchange
        while let connection = idle.popLast() {
            if connection.isUsable(at: loop.now, idleLimit: settings.idleLimit) {
                return connection.run(exchange, isConnected: true)
            }
            connection.abort()
        }
        if exchange.phase != .waiting || exchange.connectDeadline == 0 {
            exchange.connectDeadline = loop.now &+ settings.connectTimeout
        }
        exchange.phase = .connecting
        addresses.find { [unowned self] outcome in
            guard exchange.phase == .connecting else { return }
            switch outcome {
            case .addresses(let found):
                exchange.addresses = found
                connect(exchange, lastError: nil)
            case .failed(let reason):
                exchange.fail(.notResolved(host: origin.host, reason: reason))
            }
        }
    }

    /// Tries the addresses one after the other.
    private func connect(_ exchange: AgentExchange, lastError: IOError?) {
        var lastError = lastError
        while !exchange.addresses.isEmpty {
            let share = (exchange.connectDeadline &- loop.now) / Int64(exchange.addresses.count)
            let address = exchange.addresses.removeFirst()
            exchange.limitConnecting(to: max(1, share))
            do throws(IOError) {
                let socket = try StreamSocket(connectingTo: address, on: loop)
                return AgentConnection(socket, client: self).run(exchange, isConnected: false)
            } catch {
                lastError = error
                if error.isLackOfDescriptors, postpone(exchange) { return }
            }
        }
        addresses.forget()
        let reason = lastError?.reason ?? "no address"
        loop.later { [origin] in
            exchange.fail(.notConnected(to: origin.authority, reason: reason))
        }
    }

    /// There is no descriptor for another connection: the exchange waits for one that others have, as long as
    /// there are others.
    private func postpone(_ exchange: AgentExchange) -> Bool {
        guard active.count > 1 else { return false }
        active.removeValue(forKey: ObjectIdentifier(exchange))
        exchange.phase = .waiting
        exchange.limitConnecting(to: max(1, exchange.connectDeadline &- loop.now))
        waiting.insert(exchange, at: 0)
        return true
    }

    func connectFailed(_ exchange: AgentExchange, _ error: IOError) {
        exchange.connection = nil
        connect(exchange, lastError: error)
    }

    /// The address in turn does not answer: the next one, if there is one.
    func connectTimedOut(_ exchange: AgentExchange) {
        guard !exchange.addresses.isEmpty else {
            addresses.forget()
            return exchange.fail(.connectTimeout(to: origin.authority))
        }
        exchange.connection?.abort()
        connectFailed(exchange, IOError("connect", code: ETIMEDOUT))
    }

    /// Sends the request of an exchange again, on a new connection.
    func retry(_ exchange: AgentExchange) {
        exchange.connection?.abort()
        exchange.connection = nil
        exchange.hasBeenRetried = true
        for connection in idle { connection.abort() }
        idle = []
        start(exchange)
    }

    func ended(_ exchange: AgentExchange) {
        if active.removeValue(forKey: ObjectIdentifier(exchange)) == nil {
            waiting.removeAll { $0 === exchange }
        }
        guard !waiting.isEmpty, active.count < settings.maxExchanges else { return }
        start(waiting.removeFirst())
    }

    func keep(_ connection: AgentConnection) {
        idle.append(connection)
        guard let sweep, !sweep.isArmed else { return }
        loop.arm(sweep, after: settings.idleLimit)
    }

    /// The agent closed an idle connection, or it is not to be trusted. It leaves the pool when its turn comes.
    func forget(_ connection: AgentConnection) {
        connection.abort()
    }

    /// Connections are used last in, first out: those idle for longest stand first.
    private func dropIdle() {
        let oldest = loop.now &- settings.idleLimit
        let old = idle.prefix { $0.idleSince <= oldest }
        for connection in old { connection.abort() }
        idle.removeFirst(old.count)
        guard let sweep, let next = idle.first else { return }
        loop.arm(sweep, after: max(1000, next.idleSince &- oldest))
    }

    /// A buffer for a body, empty and most likely with capacity.
    func takeBuffer() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &spare)
        return taken
    }

    func giveBack(_ buffer: inout [UInt8]) {
        guard buffer.capacity <= 256 * 1024, buffer.capacity > spare.capacity else { return }
        swap(&buffer, &spare)
        spare.removeAll(keepingCapacity: true)
    }
}
