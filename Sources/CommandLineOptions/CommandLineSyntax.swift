/// What a program, or one command of a program, takes from its command line. `--help`, `-h` and
/// `--version` belong to every program and are not declared.
public struct CommandLineSyntax: Sendable {
    /// The name in messages, e.g. `gateway` or `replay list`.
    public let program: String
    /// One line on what the program does.
    public let summary: String
    /// Printed by `--version`.
    public let version: String
    /// The options in the order of the usage text.
    public let options: [CommandLineOption]
    /// The positional arguments in their order.
    public let positionals: [CommandLinePositional]

    /// A syntax made of its parts.
    public init(
        program: String,
        summary: String,
        version: String,
        options: [CommandLineOption] = [],
        positionals: [CommandLinePositional] = []
    ) {
        self.program = program
        self.summary = summary
        self.version = version
        self.options = options
        self.positionals = positionals
    }

    /// What the user asks for.
    public enum Request: Equatable, Sendable {
        /// To do the program's work.
        case run(ParsedCommandLine)
        /// To print ``CommandLineSyntax/usage``.
        case help
        /// To print ``CommandLineSyntax/version``.
        case version
    }

    /// Reads the arguments (without the program's name). After `--` everything is positional, and a
    /// lone `-` always is. `--help` and `--version` win over what comes after them.
    public func parse(_ arguments: [String]) throws(CommandLineViolation) -> Request {
        var parsed = ParsedCommandLine()
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                parsed.positionals += rest
                break
            }
            guard argument.utf8.first == UInt8(ascii: "-"), argument != "-" else {
                parsed.positionals.append(argument)
                continue
            }
            if argument == "--help" || argument == "-h" { return .help }
            if argument == "--version" { return .version }
            parsed.given.append(try option(argument, &rest))
        }
        try check(parsed.positionals)
        return .run(parsed)
    }

    private static let builtIn = ["--help", "--version"]

    /// Reads an option, and its value from the arguments after it when it is not within.
    private func option(
        _ argument: String,
        _ rest: inout ArraySlice<String>
    ) throws(CommandLineViolation) -> (name: String, value: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let written = String(parts.first ?? "")
        if Self.builtIn.contains(written) {
            throw .unexpectedValue(option: String(written.dropFirst(2)))
        }
        guard let option = options.first(where: { $0.isWritten(written) }) else {
            throw .unknownOption(written)
        }
        let within = parts.count > 1 ? String(parts[1]) : nil
        guard option.placeholder != nil else {
            if within != nil { throw .unexpectedValue(option: option.name) }
            return (option.name, "")
        }
        guard let value = within ?? rest.popFirst() else {
            throw .missingValue(option: option.name)
        }
        return (option.name, value)
    }

    private func check(_ arguments: [String]) throws(CommandLineViolation) {
        let required = positionals.filter { $0.occurrence == .required }
        if arguments.count < required.count {
            throw .missingArgument(required[arguments.count].name)
        }
        let takesMore = positionals.last?.occurrence == .repeated
        if arguments.count > positionals.count, !takesMore {
            throw .unexpectedArgument(arguments[positionals.count])
        }
    }
}
