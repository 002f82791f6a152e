import Glibc
import Threading

/// SIGINT and SIGTERM, held back from this thread while it works and looked for when it suits, so that the
/// end is an end in good order.
final class StopSignals {
    private var earlier = sigset_t()
    private var isObeyed = false

    init() {
        var signals = TerminationSignals.both
        pthread_sigmask(SIG_BLOCK, &signals, &earlier)
    }

    deinit {
        // One that nobody has seen is still to have its effect.
        while isObeyed, take() {}
        var mask = earlier
        pthread_sigmask(SIG_SETMASK, &mask, nil)
    }

    /// Whether one of them has come.
    var haveCome: Bool {
        var pending = sigset_t()
        sigpending(&pending)
        if sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1 {
            isObeyed = true
        }
        return isObeyed
    }

    private func take() -> Bool {
        var signals = TerminationSignals.both
        var none = timespec()
        return sigtimedwait(&signals, nil, &none) > 0
    }
}
