/// Why a command line is refused.
public enum CommandLineViolation: Error, Equatable, Sendable, CustomStringConvertible {
    /// The option, as written, is not one of the program's.
    case unknownOption(String)
    /// An option that needs a value is the last argument.
    case missingValue(option: String)
    /// A flag was given a value (`--flag=value`).
    case unexpectedValue(option: String)
    /// The value is not of the kind that the option takes.
    case invalidValue(option: String, value: String, expected: String)
    /// Of two options that exclude each other, named without dashes, both are given.
    case conflictingOptions(String, String)
    /// An option, named without dashes, is not given, and something else that is there needs it.
    case missingOption(String, by: String)
    /// A required positional argument is not there.
    case missingArgument(String)
    /// A positional argument is not what it should be.
    case invalidArgument(String, value: String, reason: String)
    /// There are more positional arguments than the program takes.
    case unexpectedArgument(String)

    /// What is wrong, naming the option or argument.
    public var description: String {
        switch self {
        case .unknownOption(let option): "unknown option \(option)"
        case .missingValue(let option): "--\(option) needs a value"
        case .unexpectedValue(let option): "--\(option) takes no value"
        case .invalidValue(let option, let value, let expected):
            "--\(option): '\(value)' is not \(expected)"
        case .conflictingOptions(let one, let other):
            "only one of --\(one) and --\(other) can be given"
        case .missingOption(let option, let other): "\(other) needs --\(option)"
        case .missingArgument(let name): "missing argument \(name)"
        case .invalidArgument(let name, let value, let reason): "\(name) '\(value)': \(reason)"
        case .unexpectedArgument(let argument): "unexpected argument '\(argument)'"
        }
    }
}
