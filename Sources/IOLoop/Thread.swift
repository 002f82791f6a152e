import CLinux
import Glibc

/// A thread that runs one closure.
public struct Thread: ~Copyable {
    private let handle: pthread_t

    /// Starts a thread. `name` is shown by the system's tools (15 bytes of it).
    public init(named name: String, _ work: @escaping @Sendable () -> Void) throws(IOError) {
        let start = Unmanaged.passRetained(Start(name: name, work: work))
        var handle = pthread_t()
        let code = pthread_create(&handle, nil, { runThread($0) }, start.toOpaque())
        guard code == 0 else {
            start.release()
            throw IOError("pthread_create", code: code)
        }
        self.handle = handle
    }

    /// Waits until the closure has returned.
    public consuming func join() { pthread_join(handle, nil) }

    /// Lets it run on its own.
    public consuming func detach() { pthread_detach(handle) }
}

private final class Start {
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
