import Glibc
import Synchronization

/// Says which case was under way when the process is killed by its own fault or makes no progress.
enum CrashNote {
    private static let seed = Atomic<UInt64>(0)
    /// How long 4096 cases may take, in seconds, before the run counts as hanging.
    private static let patience: UInt32 = 60

    /// Writes the note on every signal that a fault or a hang raises.
    static func install() {
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGALRM] {
            signal(number) { number in CrashNote.write(number) }
        }
    }

    /// The case with this seed begins.
    static func remember(seed: UInt64) {
        Self.seed.store(seed, ordering: .relaxed)
    }

    /// Starts the clock anew.
    static func expectProgress() { alarm(patience) }

    /// Stops the clock.
    static func expectNothing() { alarm(0) }

    /// Only what a signal's action may do (POSIX.1-2017 §2.4.3): no allocation, no locks.
    private static func write(_ number: Int32) {
        writeText(number == SIGALRM ? "HANGS" : "CRASHED")
        writeText(" (--seed ")
        var divisor: UInt64 = 10_000_000_000_000_000_000
        let seed = seed.load(ordering: .relaxed)
        while divisor > max(seed, 1) { divisor /= 10 }
        while divisor > 0 {
            var digit = UInt8(ascii: "0") + UInt8(seed / divisor % 10)
            _ = Glibc.write(STDOUT_FILENO, &digit, 1)
            divisor /= 10
        }
        writeText(" --count 1)\n")
        signal(number, SIG_DFL)
        raise(number)
    }

    private static func writeText(_ text: StaticString) {
        _ = Glibc.write(STDOUT_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }
}
