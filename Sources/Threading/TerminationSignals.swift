import Glibc

/// SIGTERM and SIGINT, waited for rather than handled: in a signal handler almost nothing may be called.
public enum TerminationSignals {
    /// Both of them.
    public static var both: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        return signals
    }

    /// Holds them back from this thread and from those that it starts from now on. To be called before there
    /// are others, which would be ended by them.
    public static func block() {
        var signals = both
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Waits until one of them comes, which must be blocked.
    public static func wait() {
        var signals = both
        var received: Int32 = 0
        while sigwait(&signals, &received) != 0 {}
    }
}
