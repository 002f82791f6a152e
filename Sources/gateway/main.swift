// gateway [--demo-agent] | gateway config
//
// Exit status: 0 after a stop, 1 when it cannot start, 2 for a wrong command line or wrong settings.

import CommandLineOptions
import GatewayServer
import Glibc

let syntax = GatewayCommand.syntax(version: Settings.programVersion)

/// The settings in effect; exits when they have mistakes.
func readSettings() -> SettingsReading {
    do {
        return try SettingsReading(
            environment: ProcessEnvironment.variables(),
            dotEnv: ProcessEnvironment.dotEnv()
        )
    } catch let error as SettingsError {
        let lines = (error.mistakes.map(\.description) + error.remarks).map { "\n  " + $0 }
        syntax.fail(
            "cannot start with these settings:" + lines.joined(),
            status: CommandLineSyntax.usageStatus
        )
    } catch {
        syntax.fail("\(error)", status: CommandLineSyntax.usageStatus)
    }
}

/// The usage, and every setting with its default.
func helpText() throws(SettingsError) -> String {
    let defaults = try SettingsReading(environment: [:], dotEnv: nil)
    return """
        \(syntax.usage)
        Settings are environment variables; a .env file in the working directory is read as well.

        \(defaults.explanation)
        """
}

ProcessSetup.prepare()
do {
    switch try GatewayCommand(Array(CommandLine.arguments.dropFirst()), syntax: syntax) {
    case .help: syntax.answer(try helpText())
    case .version: syntax.answer("\(syntax.program) \(syntax.version)\n")
    case .config:
        let reading = readSettings()
        for remark in reading.remarks { syntax.warn(remark) }
        syntax.answer(reading.listing)
    case .serve(let withDemoAgent):
        try ServedGateway.run(readSettings(), withDemoAgent: withDemoAgent)
    }
} catch let violation as CommandLineViolation {
    syntax.refuse(violation)
} catch {
    syntax.fail("\(error)")
}
