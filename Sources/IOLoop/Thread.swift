import CLinux
import Glibc
import Synchronization

/// A thread that runs one closure. Let go without ``join()``, it runs on its own.
public final class Thread: Sendable {
    private let handle: Mutex<pthread_t?>

    /// Starts a thread. `name` is shown by the system's tools (15 bytes of it).
    @discardableResult
    public init(named name: String, _ work: @escaping @Sendable () -> Void) throws(IOError) {
        let start = Unmanaged.passRetained(Start(name: name, work: work))
        var handle = pthread_t()
        let code = pthread_create(&handle, nil, { runThread($0) }, start.toOpaque())
        guard code == 0 else {
            start.release()
            throw IOError("pthread_create", code: code)
        }
        self.handle = Mutex(handle)
    }

    deinit { if let handle = take() { pthread_detach(handle) } }

    /// Waits until the closure has returned.
    public func join() { if let handle = take() { pthread_join(handle, nil) } }

    private func take() -> pthread_t? { handle.withLock { $0.take() } }
}

private final class Start: Sendable {
    let name: String
    let work: @Sendable () -> Void

    init(name: String, work: @escaping @Sendable () -> Void) {
        self.name = name
        self.work = work
    }
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
    pthread_setname_np(pthread_self(), String(start.name.prefix(15)))
    start.work()
    return nil
}
