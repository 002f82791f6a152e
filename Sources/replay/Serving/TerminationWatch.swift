import IOLoop

/// Looks on a loop whether SIGTERM or SIGINT has come, which are held back from this thread until it is let
/// go.
final class TerminationWatch {
    /// How often it looks, µs.
    private static let interval: Int64 = 20_000

    private let signals = StopSignals()
    private let loop: EventLoop
    private let came: () -> Void
    private lazy var timer = LoopTimer { [weak self] in self?.look() }

    /// `came` is called once, on the loop's thread.
    init(on loop: EventLoop, came: @escaping () -> Void) {
        self.loop = loop
        self.came = came
        loop.arm(timer, after: Self.interval)
    }

    /// No longer looks.
    func end() { loop.disarm(timer) }

    private func look() {
        if signals.haveCome { return came() }
        loop.arm(timer, after: Self.interval)
    }
}
