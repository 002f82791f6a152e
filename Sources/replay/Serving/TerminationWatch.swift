import Glibc
import IOLoop

/// Looks on a loop whether SIGTERM or SIGINT has come, which it blocks in this thread. What was blocked
/// before is so again when it is let go.
final class TerminationWatch {
    /// How often it looks, µs.
    private static let interval: Int64 = 20_000

    private var signals = sigset_t()
    private var before = sigset_t()
    private let loop: EventLoop
    private let came: () -> Void
    private lazy var timer = LoopTimer { [weak self] in self?.look() }

    /// `came` is called once, on the loop's thread.
    init(on loop: EventLoop, came: @escaping () -> Void) {
        self.loop = loop
        self.came = came
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        loop.arm(timer, after: Self.interval)
    }

    /// No longer looks.
    func end() {
        loop.disarm(timer)
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }

    private func look() {
        var atOnce = timespec()
        if sigtimedwait(&signals, nil, &atOnce) > 0 { return came() }
        loop.arm(timer, after: Self.interval)
    }
}
