import CLinux
import Glibc
import Threading

/// What a descriptor is ready for, or what its owner wants to know of it.
public struct Readiness: OptionSet, Sendable {
    /// The bits of epoll.
    public let rawValue: UInt32
    /// Made of the bits of epoll.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Bytes or the end of input can be read.
    public static let readable = Readiness(rawValue: EPOLLIN.rawValue)
    /// Bytes can be written.
    public static let writable = Readiness(rawValue: EPOLLOUT.rawValue)
    /// The connection failed or both its directions are shut. Always told, never asked for.
    public static let hangup = Readiness(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)
}

/// Who is told that a registered descriptor is ready.
public protocol ReadinessSource: AnyObject {
    /// Called on the loop's thread.
    func ready(_ readiness: Readiness)
}

/// An epoll loop: one thread, and everything registered with it belongs to that thread.
///
/// A turn of the loop: wait; give readiness to its sources; fire timers; call ``onTurnEnd``; flush
/// the sockets that were written to; give way if asked to. So all that one turn writes to a socket
/// leaves in one call.
public final class EventLoop {
    private struct Registration {
        var source: (any ReadinessSource)?
        var generation: UInt32 = 0
    }

    private let epoll: FileDescriptor
    /// By descriptor number: they are small and dense.
    private var registrations: [Registration] = []
    private var isStopped = false
    private var isTurnDue = false
    private var givesWay = false
    private var deferred: [() -> Void] = []
    private var unflushed: [StreamSocket] = []
    var timers = TimerHeap()
    let buffers = BufferPool()

    /// Monotonic microseconds at the beginning of this turn.
    public private(set) var now: Int64
    /// Wall time of this turn in microseconds since 1970-01-01T00:00:00Z.
    public private(set) var wallTime: Int64
    /// How often a turn asks at most what is ready: again while something was. More than once makes turns
    /// larger under load, which is worth it when the end of a turn is costly, and delays what came first.
    public var polls = 1
    /// Called when all sources and timers of a turn have had their say, before sockets are flushed.
    public var onTurnEnd: (() -> Void)?

    /// A loop that is to be run on the thread that makes it.
    public init() throws(IOError) {
        epoll = try FileDescriptor.checked(epoll_create1(Int32(EPOLL_CLOEXEC)), "epoll")
        now = Clock.monotonic()
        wallTime = Clock.wall()
    }

    /// Runs until ``stop()``. May be run again.
    public func run() {
        isStopped = false
        let capacity = 256
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: capacity)
        defer { events.deallocate() }
        while !isStopped {
            var patience = waitMilliseconds()
            for _ in 0..<max(1, polls) {
                let count = epoll_wait(epoll.raw, events, Int32(capacity), patience)
                now = Clock.monotonic()
                wallTime = Clock.wall()
                guard count > 0 else { break }
                for index in 0..<Int(count) { dispatch(events[index]) }
                patience = 0
            }
            runDeferred()
            fireDueTimers()
            isTurnDue = false
            onTurnEnd?()
            flush()
            if givesWay {
                givesWay = false
                sched_yield()
            }
        }
    }

    /// Lets the turn under way be the last one.
    public func stop() { isStopped = true }

    /// The next turn begins without waiting: there is something for ``onTurnEnd`` to do.
    public func turnAgain() { isTurnDue = true }

    /// At the end of this turn, when all it sends has left, threads that wait for this core may go first
    /// (`sched_yield`). For work that was handed to another thread: as long as this one has more to do, the
    /// scheduler lets it run to the end of its slice, a few milliseconds.
    public func giveWay() { givesWay = true }

    /// Runs `work` later in this turn, or in the next one if this turn's deferred work is under way.
    public func later(_ work: @escaping () -> Void) { deferred.append(work) }

    /// Tells `source` when the descriptor is ready, until ``unregister(_:)``. The loop keeps the source.
    public func register(_ descriptor: Int32, _ interest: Readiness, source: any ReadinessSource) {
        let slot = Int(descriptor)
        while registrations.count <= slot { registrations.append(Registration()) }
        registrations[slot].source = source
        registrations[slot].generation &+= 1
        control(EPOLL_CTL_ADD, descriptor, interest)
    }

    /// Changes what the source of the descriptor is told of.
    public func update(_ descriptor: Int32, _ interest: Readiness) {
        control(EPOLL_CTL_MOD, descriptor, interest)
    }

    /// The source of the descriptor hears no more, not even what this turn still holds for it.
    public func unregister(_ descriptor: Int32) {
        let slot = Int(descriptor)
        guard registrations.indices.contains(slot) else { return }
        registrations[slot].source = nil
        epoll_ctl(epoll.raw, EPOLL_CTL_DEL, descriptor, nil)
    }

    /// The socket has bytes to send at the end of the turn.
    func needsFlush(_ socket: StreamSocket) { unflushed.append(socket) }

    private func control(_ operation: Int32, _ descriptor: Int32, _ interest: Readiness) {
        let generation = UInt64(registrations[Int(descriptor)].generation)
        var event = epoll_event()
        event.events = interest.rawValue
        event.data.u64 = generation << 32 | UInt64(UInt32(bitPattern: descriptor))
        epoll_ctl(epoll.raw, operation, descriptor, &event)
    }

    /// A descriptor may have been closed and its number given anew since the event was made: the
    /// generation tells.
    private func dispatch(_ event: epoll_event) {
        let slot = Int(UInt32(truncatingIfNeeded: event.data.u64))
        let generation = UInt32(truncatingIfNeeded: event.data.u64 >> 32)
        guard registrations[slot].generation == generation else { return }
        registrations[slot].source?.ready(Readiness(rawValue: event.events))
    }

    private func waitMilliseconds() -> Int32 {
        if isTurnDue || !deferred.isEmpty || !unflushed.isEmpty { return 0 }
        guard let next = timers.next else { return -1 }
        let milliseconds = (max(0, next &- Clock.monotonic()) &+ 999) / 1000
        return Int32(min(milliseconds, 60_000))
    }

    private func runDeferred() {
        guard !deferred.isEmpty else { return }
        var work: [() -> Void] = []
        swap(&work, &deferred)
        for item in work { item() }
    }

    /// Flushing can make further sockets write (an end that is noticed here is told at once).
    private func flush() {
        var index = 0
        while index < unflushed.count {
            unflushed[index].flushNow()
            index += 1
        }
        unflushed.removeAll(keepingCapacity: true)
    }
}
