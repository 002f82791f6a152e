import CommandLineOptions
import Postmortem
import Threading

/// Moments on the command line.
enum TimeArgument {
    /// An option's value as µs since 1970; nil: not given.
    static func value(
        of option: CommandLineOption,
        _ arguments: ParsedCommandLine
    ) throws(CommandLineViolation) -> Int64? {
        guard let text = arguments.value(of: option) else { return nil }
        guard let time = Timestamp.parse(text, now: Clock.wall()) else {
            throw .invalidValue(option: option.name, value: text, expected: Timestamp.forms)
        }
        return time
    }
}
