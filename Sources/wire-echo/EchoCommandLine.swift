import CommandLineOptions
import IOLoop

/// The command line of `wire-echo`.
enum EchoCommandLine {
    static let host = CommandLineOption.value("host", "ADDRESS", "listen here (127.0.0.1)")

    static let syntax = CommandLineSyntax(
        program: "wire-echo",
        summary: "A WebSocket server that sends every message back, for conformance suites.",
        version: "1.0.0",
        options: [host],
        positionals: [CommandLinePositional("PORT", "listen here; 0: any free port")]
    )

    /// Where to listen; nil: that is no numeric address and port.
    static func address(_ commandLine: ParsedCommandLine) -> SocketAddress? {
        guard let text = commandLine.positionals.first, let port = UInt16(text) else { return nil }
        return SocketAddress(numeric: commandLine.value(of: host) ?? "127.0.0.1", port: port)
    }
}
