import AgentSimulator
import CommandLineOptions

/// The command line of `agent-simulator`.
enum SimulatorCommandLine {
    static let host = CommandLineOption.value("host", "ADDRESS", "listen here (127.0.0.1)")
    static let port = CommandLineOption.value("port", "P", "listen here; 0: any free port (8001)")
    static let manner = CommandLineOption.value(
        "manner",
        "M",
        "documented, or real: as the real runtime behaves (documented)"
    )
    static let tokenDelay = CommandLineOption.value(
        "token-delay",
        "MS",
        "milliseconds between two tokens (20)"
    )
    static let key = CommandLineOption.value("key", "KEY", "ask for it in X-Internal-Auth")
    static let misbehave = CommandLineOption.value(
        "misbehave",
        "NAME[=N]",
        "fail in every answer; may be repeated"
    )
    static let script = CommandLineOption.value(
        "script",
        "FILE",
        "failures of each answer in turn, a line for each POST: NAME[=N]… or ok"
    )
    static let listFailures = CommandLineOption.flag("list-failures", "list the failures and exit")

    static let syntax = CommandLineSyntax(
        program: "agent-simulator",
        summary: """
            An Agent Runtime that answers as it is told. A message can ask for failures in its \
            content, too: #fail:NAME or #fail:NAME=N.
            """,
        version: AgentSimulator.version,
        options: [host, port, manner, tokenDelay, key, misbehave, script, listFailures]
    )

    /// The simulator's options. Throws ``CommandLineViolation`` for a wrong value and ``ScriptError``
    /// for a script that cannot be read.
    static func options(_ commandLine: ParsedCommandLine) throws -> SimulatorOptions {
        var options = SimulatorOptions()
        options.host = commandLine.value(of: host) ?? options.host
        options.port = UInt16(try commandLine.integer(of: port, in: 0...65535) ?? 8001)
        let delay = try commandLine.integer(of: tokenDelay, in: 0...3_600_000) ?? 20
        options.tokenDelay = Int64(delay) * 1000
        options.internalKey = commandLine.value(of: key)
        if let text = commandLine.value(of: manner) {
            guard let value = SimulatorManner(rawValue: text) else {
                throw invalid(manner, text, expected: "documented or real")
            }
            options.manner = value
        }
        for text in commandLine.values(of: misbehave) {
            guard let failure = try? Failure(parsing: text) else {
                throw invalid(misbehave, text, expected: "one of --list-failures")
            }
            options.failures.append(failure)
        }
        if let path = commandLine.value(of: script) {
            options.script = try ScriptFile.read(path)
        }
        return options
    }

    private static func invalid(
        _ option: CommandLineOption,
        _ value: String,
        expected: String
    ) -> CommandLineViolation {
        .invalidValue(option: option.name, value: value, expected: expected)
    }
}
