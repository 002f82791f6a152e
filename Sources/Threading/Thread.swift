import CLinux
import Glibc
import Synchronization

/// A thread that runs one closure. Let go without ``join()``, it runs on its own.
///
/// It takes no signals: those of the process are for its main thread, and a write over the file size
/// limit gives an error (EFBIG) instead of SIGXFSZ.
public final class Thread: Sendable {
    private let handle: Mutex<pthread_t?>

    /// Starts a thread. `name` is shown by the system's tools (15 bytes of it).
    @discardableResult
    public init(named name: String, _ work: @escaping @Sendable () -> Void) throws(ThreadError) {
        let start = Unmanaged.passRetained(Start(name: name, work: work))
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        var handle = pthread_t()
        let code = pthread_create(&handle, nil, { runThread($0) }, start.toOpaque())
        pthread_sigmask(SIG_SETMASK, &before, nil)
        guard code == 0 else {
            start.release()
            throw ThreadError(code: code)
        }
        self.handle = Mutex(handle)
    }

    deinit { if let handle = take() { pthread_detach(handle) } }

    /// Waits until the closure has returned.
    public func join() { if let handle = take() { pthread_join(handle, nil) } }

    /// Gives the calling thread the least share of the processor (nice 19), for good: others go first,
    /// and yet it is never starved. Linux keeps the value for each thread.
    public static func yieldToOthers() {
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
    }

    private func take() -> pthread_t? { handle.withLock { $0.take() } }
}

/// The system has no thread left.
public struct ThreadError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What `pthread_create` returned, an `errno`.
    public let code: Int32

    /// `cannot start a thread: Resource temporarily unavailable`.
    public var description: String { "cannot start a thread: \(String(cString: strerror(code)))" }
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
