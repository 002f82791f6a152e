import Glibc
import IOLoop

/// Listens for an ``AnsweringAgent`` and keeps its connections. Belongs to the loop's thread.
public final class AgentServer {
    private let agent: any AnsweringAgent
    private let loop: EventLoop
    /// Whether connections are closed as soon as they are accepted.
    private let refusesConnections: Bool
    private var listener: Listener?
    private var connections: [ObjectIdentifier: SimulatorConnection] = [:]

    /// The address it listens on, with the port the system chose.
    public let address: SocketAddress

    /// Listens on a numeric address or `localhost`. Throws when the host is no address or the port cannot
    /// be had.
    public init(
        _ agent: any AnsweringAgent,
        host: String,
        port: UInt16,
        on loop: EventLoop,
        refusesConnections: Bool = false
    ) throws(IOError) {
        let host = host == "localhost" ? "127.0.0.1" : host
        guard let address = SocketAddress(numeric: host, port: port) else {
            throw IOError("inet_pton", code: EINVAL)
        }
        self.agent = agent
        self.loop = loop
        self.refusesConnections = refusesConnections
        let place = Place()
        let listener = try Listener(on: address, loop: loop) { descriptor, peer in
            place.server?.accept(descriptor, peer)
        }
        self.listener = listener
        self.address = listener.address
        place.server = self
    }

    deinit { stop() }

    /// Accepts no more and drops all connections.
    public func stop() {
        listener?.close()
        listener = nil
        for connection in connections.values { connection.abort() }
    }

    /// Where the listener finds the server, which is made after it.
    private final class Place {
        weak var server: AgentServer?
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
