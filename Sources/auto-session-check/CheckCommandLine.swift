import CommandLineOptions

/// The command line of `auto-session-check`.
enum CheckCommandLine {
    static let timeout = CommandLineOption.value(
        "timeout",
        "S",
        "seconds that each answer may take, 1 to 3600 (30)"
    )
    static let key = CommandLineOption.value("key", "KEY", "send it as X-Internal-Auth")
    static let token = CommandLineOption.value("token", "JWT", "send it as Authorization: Bearer")
    static let json = CommandLineOption.flag("json", "print one JSON object instead of lines")

    static let syntax = CommandLineSyntax(
        program: "auto-session-check",
        summary: """
            Checks on a running gateway that a temporary id becomes a session, whose id is told once.
            Exit code: 0 every check passed, 1 one failed, 2 the command line is wrong.
            """,
        version: "1.0.0",
        options: [timeout, key, token, json],
        positionals: [
            CommandLinePositional("URL", "the gateway's address, e.g. ws://localhost:8001/api/v1")
        ]
    )
}
