/// A timer of one loop. Armed and disarmed as often as needed; it fires once for each arming.
///
/// A timer that guards silence is not armed anew at every byte: let it fire, look at the time of the
/// last byte, and arm it for the rest.
public final class LoopTimer {
    fileprivate(set) var deadline: Int64 = 0
    fileprivate var place: Int?
    fileprivate let fire: () -> Void

    /// A timer that calls `fire` on the loop's thread.
    public init(_ fire: @escaping () -> Void) { self.fire = fire }

    /// Whether it will fire.
    public var isArmed: Bool { place != nil }
}

/// Armed timers, the earliest first: a binary heap in which each timer knows its place, so that
/// disarming leaves nothing behind.
struct TimerHeap {
    private var timers: [LoopTimer] = []

    /// When the earliest timer fires, monotonic microseconds; nil when none is armed.
    var next: Int64? { timers.first?.deadline }

    mutating func arm(_ timer: LoopTimer, at deadline: Int64) {
        if timer.place != nil { disarm(timer) }
        timer.deadline = deadline
        timer.place = timers.count
        timers.append(timer)
        siftUp(timers.count - 1)
    }

    mutating func disarm(_ timer: LoopTimer) {
        guard let place = timer.place else { return }
        timer.place = nil
        let last = timers.removeLast()
        guard last !== timer else { return }
        put(last, at: place)
        siftUp(place)
        siftDown(last.place ?? place)
    }

    /// Takes out a timer whose time has come and gives it.
    mutating func popDue(_ now: Int64) -> LoopTimer? {
        guard let first = timers.first, first.deadline <= now else { return nil }
        disarm(first)
        return first
    }

    private mutating func put(_ timer: LoopTimer, at place: Int) {
        timers[place] = timer
        timer.place = place
    }

    private mutating func siftUp(_ start: Int) {
        var place = start
        let timer = timers[place]
        while place > 0 {
            let parent = (place - 1) / 2
            guard timer.deadline < timers[parent].deadline else { break }
            put(timers[parent], at: place)
            place = parent
        }
        put(timer, at: place)
    }

    private mutating func siftDown(_ start: Int) {
        var place = start
        let timer = timers[place]
        while true {
            var child = 2 * place + 1
            guard child < timers.count else { break }
            let right = child + 1
            if right < timers.count, timers[right].deadline < timers[child].deadline {
                child = right
            }
            guard timers[child].deadline < timer.deadline else { break }
            put(timers[child], at: place)
            place = child
        }
        put(timer, at: place)
    }
}

extension EventLoop {
    /// Arms the timer to fire `delay` microseconds from now.
    public func arm(_ timer: LoopTimer, after delay: Int64) {
        timers.arm(timer, at: now &+ delay)
    }

    /// The timer will not fire.
    public func disarm(_ timer: LoopTimer) { timers.disarm(timer) }

    func fireDueTimers() {
        while let timer = timers.popDue(now) { timer.fire() }
    }
}
