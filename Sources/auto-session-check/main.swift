import Glibc

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.contains("--help") || arguments.contains("-h") {
    print(CheckOptions.usage)
    exit(0)
}
do throws(CheckOptions.UsageError) {
    let options = try CheckOptions(arguments)
    let check = SessionCheck(
        connect: { id throws(ConversationFailure) in try WebSocketConversation(options, id: id) },
        temporaryID: "new_\(wallMilliseconds())"
    )
    let report = CheckReport(results: check.run())
    print(options.printsJSON ? report.json : report.lines)
    exit(report.passed ? 0 : 1)
} catch {
    let text = Array("auto-session-check: \(error.reason)\n\n\(CheckOptions.usage)\n".utf8)
    write(STDERR_FILENO, text, text.count)
    exit(2)
}

/// Milliseconds since 1970, as IDEs make temporary ids of them.
func wallMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}
