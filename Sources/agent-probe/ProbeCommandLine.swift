import CommandLineOptions

/// The command line of `agent-probe`.
enum ProbeCommandLine {
    static let get = CommandLineOption.flag("get", "send GET instead of POST")
    static let body = CommandLineOption.value("body", "TEXT", "the request's body")
    static let bodyFile = CommandLineOption.value("body-file", "FILE", "read the body from here")
    static let header = CommandLineOption.value(
        "header",
        "FIELD",
        "send it, written 'Name: value'; may be repeated"
    )
    static let key = CommandLineOption.value("key", "KEY", "send it as X-Internal-Auth")
    static let timeout = CommandLineOption.value(
        "timeout",
        "S",
        "seconds that connecting, or the agent's silence, may last, 1 to 3600 (60)"
    )
    static let raw = CommandLineOption.flag(
        "raw",
        "print the whole answer, whatever it is, as {\"status\",\"body_b64\"}"
    )

    static let syntax = CommandLineSyntax(
        program: "agent-probe",
        summary: """
            Calls an Agent Runtime as the gateway does, and prints each event of its answer when it
            comes: {"type","data","lastEventId"}, or {"error"} when it is refused or fails.
            Exit code: 0 the answer is complete, 1 it is not, 2 the command line is wrong.
            """,
        version: "1.0.0",
        options: [get, body, bodyFile, header, key, timeout, raw],
        positionals: [CommandLinePositional("URL", "http://host[:port][/path][?query]")]
    )
}
