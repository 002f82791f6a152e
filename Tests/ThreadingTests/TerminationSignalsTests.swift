import Glibc
import Testing
import Threading

struct TerminationSignalsTests {
    @Test(arguments: [SIGTERM, SIGINT])
    func eitherOfThemEndsTheWait(signal: Int32) throws {
        let waiting = Monitor<pthread_t?>(nil)
        // All signals are blocked in it, as in every thread of ours.
        let thread = try Thread(named: "waits") {
            waiting.update { $0 = pthread_self() }
            TerminationSignals.wait()
        }
        let handle = try #require(waiting.wait { $0 })
        #expect(pthread_kill(handle, signal) == 0)
        thread.join()
    }

    @Test func onlyTheyAreMeant() {
        var both = TerminationSignals.both
        let members = (1..<32).filter { sigismember(&both, $0) == 1 }
        #expect(members == [SIGINT, SIGTERM])
    }
}
