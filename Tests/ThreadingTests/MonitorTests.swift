import Glibc
import Synchronization
import Testing
import Threading

struct MonitorTests {
    @Test func aWaitEndsWithTheChangeItIsFor() throws {
        let monitor = Monitor(0)
        let thread = try Thread(named: "changer") {
            for number in 1...3 { monitor.update { $0 = number } }
        }
        #expect(monitor.wait { $0 == 3 ? "three" : nil } == "three")
        thread.join()
    }

    @Test func aWaitEndsAtItsDeadline() {
        let monitor = Monitor(0)
        let start = Clock.monotonic()
        #expect(monitor.wait(until: start + 2_000) { $0 == 1 ? true : nil } == nil)
        #expect(Clock.monotonic() >= start + 2_000)
    }

    @Test func anAttemptThatSucceedsAtOnceDoesNotWait() {
        let monitor = Monitor([1, 2])
        let taken: [Int]? = monitor.wait(until: 0) { value in
            defer { value = [] }
            return value
        }
        #expect(taken == [1, 2] && monitor.withLock { $0.isEmpty })
    }

    @Test func threadsTakeNoSignals() throws {
        let blocked = Mutex(false)
        let thread = try Thread(named: "signals") {
            var mask = sigset_t()
            pthread_sigmask(SIG_BLOCK, nil, &mask)
            blocked.withLock { $0 = sigismember(&mask, SIGTERM) == 1 }
        }
        thread.join()
        #expect(blocked.withLock { $0 })
    }
}
