import Glibc
import IOLoop
import Wire

/// The built-in Agent Runtime on a loop, for tests and demonstrations. It answers messages with SSE
/// and, on request, with every failure of ``FailureKind``. Belongs to the loop's thread.
public final class AgentSimulator {
    /// Told by `GET /health` and by the program.
    public static let version = "1.0.0"

    private let loop: EventLoop
    private let agent: SimulatedAgent
    private let record: RequestRecord
    private let refusesConnections: Bool
    private var listener: Listener?
    private var connections: [ObjectIdentifier: SimulatorConnection] = [:]

    /// The address it listens on, with the port the system chose.
    public private(set) var address: SocketAddress

    /// Listens. Throws when the host is no address or the port cannot be had.
    public convenience init(_ options: SimulatorOptions, on loop: EventLoop) throws(IOError) {
        try self.init(options, on: loop, record: RequestRecord())
    }

    init(
        _ options: SimulatorOptions,
        on loop: EventLoop,
        record: RequestRecord
    ) throws(IOError) {
        let host = options.host == "localhost" ? "127.0.0.1" : options.host
        guard let address = SocketAddress(numeric: host, port: options.port) else {
            throw IOError("inet_pton", code: EINVAL)
        }
        self.loop = loop
        self.record = record
        self.address = address
        refusesConnections = options.failures.contains { $0.kind == .refuse }
        let seed = String(loop.wallTime, radix: 36)
        agent = SimulatedAgent(options, seed: seed, record: record)
        let listener = try Listener(on: address, loop: loop) { [weak self] descriptor, peer in
            self?.accept(descriptor, peer)
        }
        self.listener = listener
        self.address = listener.address
    }

    deinit { stop() }

    /// All requests so far, the oldest first.
    public var requests: [RecordedRequest] { record.requests }

    /// The messages that were posted so far, the oldest first.
    public var posts: [RecordedRequest] { record.requests.filter(\.isPost) }

    /// Accepts no more and drops all connections.
    public func stop() {
        listener?.close()
        listener = nil
        for connection in connections.values { connection.abort() }
    }

    private func accept(_ descriptor: consuming FileDescriptor, _ peer: SocketAddress?) {
        if refusesConnections { return }
        let socket = StreamSocket(adopting: descriptor, peer: peer, on: loop)
        let connection = SimulatorConnection(socket, agent: agent) {
            [weak self] connection in
            self?.connections[ObjectIdentifier(connection)] = nil
        }
        connections[ObjectIdentifier(connection)] = connection
    }
}
