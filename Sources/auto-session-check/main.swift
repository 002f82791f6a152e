import BlockingWebSocket
import CommandLineOptions
import Glibc

/// The options, or the end of the program.
func checkOptions(_ commandLine: ParsedCommandLine, _ syntax: CommandLineSyntax) -> CheckOptions {
    let address = commandLine.positionals.first ?? ""
    do {
        return try CheckOptions(WebSocketURL(address), commandLine)
    } catch let violation as CommandLineViolation {
        syntax.refuse(violation)
    } catch {
        syntax.fail("'\(address)': \(error)", status: CommandLineSyntax.usageStatus)
    }
}

/// Milliseconds since 1970, as IDEs make temporary ids of them.
func wallMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}

let syntax = CheckCommandLine.syntax
let commandLine = syntax.parseOrExit()
let options = checkOptions(commandLine, syntax)
let check = SessionCheck(
    connect: { id throws(ConversationFailure) in try WebSocketConversation(options, id: id) },
    temporaryID: "new_\(wallMilliseconds())"
)
let report = CheckReport(results: check.run())
print(commandLine.has(CheckCommandLine.json) ? report.json : report.lines)
exit(report.passed ? 0 : 1)
