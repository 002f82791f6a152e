import Glibc
import IOLoop
import Synchronization
import Threading

/// An ``AgentSimulator`` on a thread of its own. It stops when it is let go.
public final class RunningSimulator: Sendable {
    private enum Start: Sendable {
        case underWay
        case listening(SocketAddress)
        case failed(IOError)
    }

    private let record: RequestRecord
    private let stopping: Mailbox<Void>
    private let thread: Mutex<Threading.Thread?>

    /// The address it listens on.
    public let address: SocketAddress

    /// Starts one and waits until it listens. Throws as ``AgentSimulator/init(_:on:)`` does.
    public static func start(
        _ options: SimulatorOptions = SimulatorOptions()
    ) throws(IOError) -> RunningSimulator {
        try RunningSimulator(options)
    }

    private init(_ options: SimulatorOptions) throws(IOError) {
        let record = RequestRecord()
        let stopping = try Mailbox<Void>()
        let start = Monitor(Start.underWay)
        let thread = try Self.thread {
            do throws(IOError) {
                try Self.run(options, record, stopping) { address in
                    start.update { $0 = .listening(address) }
                }
            } catch {
                start.update { $0 = .failed(error) }
            }
        }
        let outcome = start.wait { state -> Start? in
            if case .underWay = state { nil } else { state }
        }
        guard case .listening(let address) = outcome else {
            thread.join()
            if case .failed(let error) = outcome { throw error }
            throw IOError("start", code: ECANCELED)
        }
        self.record = record
        self.stopping = stopping
        self.thread = Mutex(thread)
        self.address = address
    }

    deinit { stop() }

    /// The port it listens on.
    public var port: UInt16 { address.port }

    /// `http://127.0.0.1:PORT`.
    public var url: String { "http://\(address)" }

    /// All requests so far, the oldest first.
    public func requests() -> [RecordedRequest] { record.requests }

    /// The messages that were posted so far, the oldest first.
    public func posts() -> [RecordedRequest] { record.requests.filter(\.isPost) }

    /// Waits until the posted messages are as wanted, at most so many microseconds, and gives them
    /// as they are then.
    public func waitForPosts(
        atMost timeout: Int64 = 5_000_000,
        until isWanted: ([RecordedRequest]) -> Bool
    ) -> [RecordedRequest] {
        record.wait(atMost: timeout) { isWanted($0.filter(\.isPost)) }.filter(\.isPost)
    }

    /// Drops all connections and waits for the thread's end.
    public func stop() {
        thread.withLock { thread in
            guard let running = thread.take() else { return }
            stopping.post(())
            running.join()
        }
    }

    private static func run(
        _ options: SimulatorOptions,
        _ record: RequestRecord,
        _ stopping: Mailbox<Void>,
        listening: (SocketAddress) -> Void
    ) throws(IOError) {
        let loop = try EventLoop()
        let simulator = try AgentSimulator(options, on: loop, record: record)
        stopping.open(on: loop) {
            simulator.stop()
            loop.stop()
        }
        listening(simulator.address)
        loop.run()
    }

    private static func thread(
        _ work: @escaping @Sendable () -> Void
    ) throws(IOError) -> Threading.Thread {
        do throws(ThreadError) {
            return try Threading.Thread(named: "agent-simulator", work)
        } catch {
            throw IOError("pthread_create", code: error.code)
        }
    }
}
