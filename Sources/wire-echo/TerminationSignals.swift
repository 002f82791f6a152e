import Glibc
import IOLoop
import Threading

/// SIGTERM and SIGINT, taken as messages rather than in a signal handler, where almost nothing may be
/// called.
enum TerminationSignals {
    /// Lets the first of them stop the loop. To be called before other threads are started: they inherit
    /// that the signals are blocked.
    static func stop(_ loop: EventLoop) throws {
        var signals = both()
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let mailbox = try Mailbox<Int32>()
        mailbox.open(on: loop) { _ in loop.stop() }
        try Thread(named: "signals") {
            var signals = both()
            var signal: Int32 = 0
            sigwait(&signals, &signal)
            mailbox.post(signal)
        }
    }

    private static func both() -> sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        return signals
    }
}
