import CommandLineOptions
import Glibc
import Postmortem

/// Moments on the command line.
enum TimeArgument {
    /// An option's value as µs since 1970; nil: not given.
    static func value(
        of option: CommandLineOption,
        _ arguments: ParsedCommandLine
    ) throws(CommandLineViolation) -> Int64? {
        guard let text = arguments.value(of: option) else { return nil }
        guard let time = Timestamp.parse(text, now: now) else {
            throw .invalidValue(option: option.name, value: text, expected: Timestamp.forms)
        }
        return time
    }

    /// Wall time, µs since 1970.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }
}
