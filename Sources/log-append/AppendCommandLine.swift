import CommandLineOptions
import EventStore

/// The command line of `log-append`.
struct AppendCommandLine {
    static let events = CommandLineOption.value("events", "N", "how many events (1000000)")
    static let batch = CommandLineOption.value("batch", "N", "events of a batch (256)")
    static let body = CommandLineOption.value("body-bytes", "N", "length of each body (110)")
    static let sync = CommandLineOption.value("sync", "full|normal", "as GATEWAY__LOG_SYNC (full)")

    static let syntax = CommandLineSyntax(
        program: "log-append",
        summary: """
            Appends events to a new event log as fast as it takes them, without a gateway. Prints a \
            line of JSON and keeps the log open until the end of standard input.
            """,
        version: "1.0.0",
        options: [events, batch, body, sync],
        positionals: [CommandLinePositional("FOLDER", "the log's folder")]
    )

    var folder: String
    var events = 1_000_000
    var batchEvents = 256
    var bodyBytes = 110
    var sync = LogSync.full

    init(_ given: ParsedCommandLine) throws(CommandLineViolation) {
        folder = given.positionals[0]
        events = try given.integer(of: Self.events, in: 1...1_000_000_000) ?? events
        batchEvents = try given.integer(of: Self.batch, in: 1...100_000) ?? batchEvents
        bodyBytes = try given.integer(of: Self.body, in: 0...1_000_000) ?? bodyBytes
        switch given.value(of: Self.sync) {
        case "full", nil: sync = .full
        case "normal": sync = .normal
        case let value?:
            throw .invalidValue(option: "sync", value: value, expected: "full or normal")
        }
    }
}
