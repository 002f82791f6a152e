import BlockingWebSocket
import Glibc
import Wire

/// An Agent Runtime that the test plays itself, one step at a time: what comes before what is the test's
/// decision, and nothing has to be timed.
final class ManualAgent {
    private let listener: Int32
    private var connections: [ManualAgentConnection] = []
    /// How many connections the gateway has made.
    private(set) var acceptedConnections = 0
    /// `http://127.0.0.1:PORT`.
    let url: String

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let outcome = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) | Glibc.listen(listener, 128)
                    | getsockname(listener, address, &length)
            }
        }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        guard outcome == 0 else { throw NotInTime(description: "cannot listen: \(errno)") }
    }

    deinit { close(listener) }

    /// Waits for the next request, on whichever connection it comes.
    func nextRequest() throws -> ManualAgentConnection {
        try wait(for: "a request to the agent") {
            while let connection = accept() { connections.append(connection) }
            return try connections.first { try $0.takeRequest() }
        }
    }

    /// Whether a request has come that was not taken.
    func hasRequest() throws -> Bool {
        while let connection = accept() { connections.append(connection) }
        return try connections.contains { try $0.hasBytes() }
    }

    private func accept() -> ManualAgentConnection? {
        var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 0) == 1 else { return nil }
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { return nil }
        acceptedConnections += 1
        return ManualAgentConnection(descriptor)
    }
}
