import IOLoop

/// The built-in Agent Runtime on a loop, for tests and demonstrations. It answers messages with SSE
/// and, on request, with every failure of ``FailureKind``. Belongs to the loop's thread.
public final class AgentSimulator {
    /// Told by `GET /health` and by the program.
    public static let version = "1.0.0"

    private let server: AgentServer
    private let record: RequestRecord

    /// The address it listens on, with the port the system chose.
    public var address: SocketAddress { server.address }

    /// Listens. Throws when the host is no address or the port cannot be had.
    public convenience init(_ options: SimulatorOptions, on loop: EventLoop) throws(IOError) {
        try self.init(options, on: loop, record: RequestRecord())
    }

    init(
        _ options: SimulatorOptions,
        on loop: EventLoop,
        record: RequestRecord
    ) throws(IOError) {
        self.record = record
        let seed = String(loop.wallTime, radix: 36)
        server = try AgentServer(
            SimulatedAgent(options, seed: seed, record: record),
            host: options.host,
            port: options.port,
            on: loop,
            refusesConnections: options.failures.contains { $0.kind == .refuse }
        )
    }

    /// All requests so far, the oldest first.
    public var requests: [RecordedRequest] { record.requests }

    /// The messages that were posted so far, the oldest first.
    public var posts: [RecordedRequest] { record.requests.filter(\.isPost) }

    /// Accepts no more and drops all connections.
    public func stop() { server.stop() }
}
