import Glibc
import IOLoop

do {
    let options = try EchoOptions(Array(CommandLine.arguments.dropFirst()))
    let loop = try EventLoop()
    let server = try EchoServer(on: options.address, loop: loop)
    try TerminationSignals.stop(loop)
    print("wire-echo listening on \(server.address)")
    // Whoever started the program may be waiting for the line on a pipe.
    fflush(nil)
    loop.run()
} catch let error as EchoOptions.UsageError {
    complain("\(error.reason)\nusage: wire-echo PORT [--host ADDRESS]")
    exit(2)
} catch {
    complain("\(error)")
    exit(1)
}

/// Writes a line for people to standard error.
func complain(_ text: String) {
    let line = Array("wire-echo: \(text)\n".utf8)
    write(STDERR_FILENO, line, line.count)
}
