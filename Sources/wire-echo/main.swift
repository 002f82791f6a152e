import CommandLineOptions
import Glibc
import IOLoop
import Threading

let syntax = EchoCommandLine.syntax
guard let address = EchoCommandLine.address(syntax.parseOrExit()) else {
    syntax.fail(
        "PORT must be a number up to 65535, and the host a numeric address",
        status: CommandLineSyntax.usageStatus
    )
}
do {
    TerminationSignals.block()
    let loop = try EventLoop()
    let server = try EchoServer(on: address, loop: loop)
    let stop = try Mailbox<Void>()
    stop.open(on: loop) { loop.stop() }
    try Thread(named: "signals") {
        TerminationSignals.wait()
        stop.post(())
    }
    print("wire-echo listening on \(server.address)")
    // Whoever started the program may be waiting for the line on a pipe.
    fflush(nil)
    loop.run()
} catch {
    syntax.fail("\(error)")
}
