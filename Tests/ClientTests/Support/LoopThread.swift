import Dispatch
import IOLoop
import Synchronization
import Testing
import Threading

/// A server on a loop and a thread of its own, until the object goes.
final class LoopThread: Sendable {
    /// Its port on 127.0.0.1.
    let port: UInt16
    private let end: Mailbox<Void>

    /// `start` makes the server on its thread and gives it with its port.
    init<Server>(
        _ start: @escaping @Sendable (EventLoop, SocketAddress) throws -> (Server, port: UInt16)
    ) throws {
        let end = try Mailbox<Void>()
        let started = Started()
        try Thread(named: "test server") {
            started.tell {
                let loop = try EventLoop()
                let any = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
                let (server, port) = try start(loop, any)
                end.open(on: loop) { loop.stop() }
                started.isListening(on: port)
                withExtendedLifetime(server) { loop.run() }
            }
        }
        port = try started.port()
        self.end = end
    }

    deinit { end.post(()) }
}

/// What the thread of the server tells the thread of the test.
private final class Started: Sendable {
    private let outcome = Mutex<Result<UInt16, any Error>?>(nil)
    private let isTold = DispatchSemaphore(value: 0)

    /// Runs the server; tells when it fails to start.
    func tell(_ run: () throws -> Void) {
        do { try run() } catch { tell(.failure(error)) }
    }

    func isListening(on port: UInt16) { tell(.success(port)) }

    /// Waits for the server to listen.
    func port() throws -> UInt16 {
        isTold.wait()
        return try #require(outcome.withLock { $0 }).get()
    }

    private func tell(_ result: Result<UInt16, any Error>) {
        outcome.withLock { $0 = result }
        isTold.signal()
    }
}
