// agent-probe URL: one request to an Agent Runtime, and its answer as JSON lines.
//
// Exit status: 0 when the answer is complete, 1 when it is refused or fails, 2 for a wrong command
// line.

import CommandLineOptions
import Glibc
import Wire

/// The options, or the end of the program.
func probeOptions(_ syntax: CommandLineSyntax) -> ProbeOptions {
    do {
        return try ProbeOptions(syntax.parseOrExit())
    } catch let violation as CommandLineViolation {
        syntax.refuse(violation)
    } catch {
        syntax.fail("\(error)", status: CommandLineSyntax.usageStatus)
    }
}

let syntax = ProbeCommandLine.syntax
let options = probeOptions(syntax)
do {
    exit(try Probe.run(options, print: StandardOutput.write) ? 0 : 1)
} catch {
    syntax.fail("\(error)")
}
