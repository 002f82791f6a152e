import IOLoop

/// Accepts connections on a loop and keeps them while they last.
final class EchoServer {
    /// Where it listens, with the port the system chose.
    var address: SocketAddress { listener.address }

    private let listener: Listener
    private let connections: EchoConnections

    init(on address: SocketAddress, loop: EventLoop) throws(IOError) {
        let connections = EchoConnections()
        self.connections = connections
        listener = try Listener(on: address, loop: loop) { descriptor, peer in
            connections.add(StreamSocket(adopting: descriptor, peer: peer, on: loop))
        }
    }
}

/// The open connections.
final class EchoConnections {
    private var connections: [ObjectIdentifier: EchoConnection] = [:]

    func add(_ socket: StreamSocket) {
        let connection = EchoConnection(socket) { [weak self] connection in
            self?.connections[ObjectIdentifier(connection)] = nil
        }
        connections[ObjectIdentifier(connection)] = connection
    }
}
