import CommandLineOptions

/// What the command line asks this program to do.
enum GatewayCommand {
    /// To print the usage and the settings.
    case help
    /// To print the version.
    case version
    /// To print the settings in effect.
    case config
    /// To serve until a signal comes.
    case serve(withDemoAgent: Bool)

    private static let demoAgent = CommandLineOption.flag(
        "demo-agent",
        "serve with a simulated Agent Runtime within this process"
    )
    private static let configWord = CommandLinePositional(
        "config",
        "print the settings in effect, and where each comes from",
        .optional
    )

    /// Reads the arguments, which do not include the program's name.
    init(
        _ arguments: [String],
        syntax: CommandLineSyntax
    ) throws(CommandLineViolation) {
        switch try syntax.parse(arguments) {
        case .help: self = .help
        case .version: self = .version
        case .run(let parsed): self = try Self.command(of: parsed)
        }
    }

    private static func command(
        of parsed: ParsedCommandLine
    ) throws(CommandLineViolation) -> GatewayCommand {
        guard let word = parsed.positionals.first else {
            return .serve(withDemoAgent: parsed.has(demoAgent))
        }
        guard word == configWord.name else { throw .unexpectedArgument(word) }
        if parsed.has(demoAgent) { throw .unexpectedArgument("--\(demoAgent.name)") }
        return .config
    }

    /// The syntax of this program's command line.
    static func syntax(version: String) -> CommandLineSyntax {
        CommandLineSyntax(
            program: "gateway",
            summary: "Carries the messages of IDEs (WebSocket) to the Agent Runtime and its "
                + "answers (SSE) back.",
            version: version,
            options: [demoAgent],
            positionals: [configWord]
        )
    }
}
