import CommandLineOptions
import EventStore
import Postmortem
import Projections
import Threading
import Wire

/// `replay export ID`: a dialogue as a file.
struct ExportCommand: ReplayCommand {
    static let name = "export"
    private static let formatOption = CommandLineOption.value(
        "format",
        "FORMAT",
        "\(ExportFormat.words) (default: bundle)"
    )
    private static let outputOption = CommandLineOption.value(
        "output",
        "FILE",
        "where to put it, - for standard output (default: a name made of the ID, here)"
    )
    private static let redactOption = CommandLineOption.flag(
        "redact",
        "replace what was said by placeholders of the same length"
    )
    private static let renameOption = CommandLineOption.flag(
        "rename-ids",
        "with --redact: give ids other names too, each the same everywhere"
    )
    private static let forceOption = CommandLineOption.flag("force", "replace a file that is there")
    static let syntax = CommandLineSyntax(
        program: "replay export",
        summary: "Writes the connections that an id stands for into one file.",
        version: ReplayProgram.version,
        options: SharedOption.all
            + [formatOption, outputOption, redactOption, renameOption, forceOption],
        positionals: [SharedOption.id]
    )
    static let notes = """
        bundle  a file that replay --log FILE opens like a log, fit to be attached to a report: the
                exact events, the gateway's own starts, stops and gaps in that time, and the
                verdicts of now. It can be read with sqlite3.
        ndjson  one event a line, as replay show --json prints them
        har     HAR 1.2, to be opened with a browser's developer tools: the WebSocket with its
                messages, each request to the agent with its SSE response
        html    one page without scripts that needs nothing else: verdicts, and the sequence of
                events drawn between IDE, gateway and agent; a click on a row shows its payload

        With --redact all content, arguments, results, reasons and names unknown to the protocol
        become x, as many as there were bytes, and digits of numbers 1; types, ids and statuses
        stay. verify and the verdicts give the same answers as before. Ids that could be text are
        renamed.

        A file is written under another name first, with access for its owner only. One that is
        there is replaced with --force only; nothing is written into the log. With --rename-ids its
        default name is conversation.bundle, or another ending: no id is to be in it.
        With --json one object is printed: format, path, connections, events, bytes, redacted.

        examples:
          replay export new_1234567890
          replay export abc-123 --format html --output incident.html
          replay export 17 --redact --rename-ids --output incident.bundle
          replay --log incident.bundle verify

        """

    private let id: String
    private let folder: String
    private let format: ExportFormat
    private let path: String?
    private let isRedacted: Bool
    private let renamesIDs: Bool
    private let replaces: Bool

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        id = arguments.positionals.first ?? ""
        folder = try SharedOption.folder(arguments)
        let name = arguments.value(of: Self.formatOption) ?? ExportFormat.bundle.rawValue
        guard let format = ExportFormat(rawValue: name) else {
            throw .invalidValue(
                option: Self.formatOption.name,
                value: name,
                expected: "one of \(ExportFormat.words)"
            )
        }
        self.format = format
        isRedacted = arguments.has(Self.redactOption)
        renamesIDs = arguments.has(Self.renameOption)
        guard isRedacted || !renamesIDs else {
            throw .missingOption(Self.redactOption.name, by: "--\(Self.renameOption.name)")
        }
        replaces = arguments.has(Self.forceOption)
        let asked = arguments.value(of: Self.outputOption)
        path = asked == "-" ? nil : asked ?? format.fileName(for: renamesIDs ? "" : id)
        guard path != nil || format != .bundle, path != "" else {
            throw .invalidValue(
                option: Self.outputOption.name,
                value: asked ?? "",
                expected: path == nil
                    ? "a file, and a bundle cannot go to standard output" : "the name of a file"
            )
        }
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        let connections = try ConnectionDirectory.connections(id, folder: folder, log, output)
        if let path { try OutputPath.check(path, outside: folder) }
        let progress = ProgressLine(
            "exporting",
            descriptor: output.errors,
            end: connections.reduce(0) { $0 &+ $1.events }
        )
        defer { progress.remove() }
        let redaction = isRedacted ? Redaction(renamesIDs: renamesIDs) : nil
        let signals = StopSignals()
        // Until the draft of the file has gone.
        defer { withExtendedLifetime(signals) {} }
        var run = ExportRun(log, connections, redaction, signals)
        let bytes = try write(&run, output, progress)
        progress.remove()
        guard let path else { return .fine }
        if output.isJSON {
            var writer = JSONObjectWriter()
            writer.add("format", format.rawValue)
            writer.add("path", path)
            writer.add("connections", Int64(connections.count))
            writer.add("events", run.events)
            writer.add("bytes", bytes)
            writer.add("redacted", isRedacted)
            try output.writeLine(json: writer.bytes)
        } else {
            try output.writeLine(
                output.style.good("✓ ") + TerminalText.make(path)
                    + ": \(connections.count) connection(s), \(run.events) events, \(bytes) bytes"
                    + (isRedacted ? ", redacted" : "")
            )
        }
        return .fine
    }

    private func write(
        _ run: inout ExportRun,
        _ output: Output,
        _ progress: ProgressLine
    ) throws -> Int64 {
        if format == .bundle, let path {
            var sink = try BundleSink(path: path, replaces: replaces, facts: facts)
            return try run.run(&sink, progress)
        }
        let target = try ExportTarget(path: path, replaces: replaces, output: output)
        switch format {
        case .bundle, .ndjson:
            var sink = NDJSONSink(target)
            return try run.run(&sink, progress)
        case .har:
            var sink = ArchiveSink(target, version: ReplayProgram.version)
            return try run.run(&sink, progress)
        case .html:
            var page = ConversationPage(id: isRedacted ? "redacted conversation" : id)
            page.facts = [
                ("exported", Timestamp.dateAndTime(Clock.wall()) + " UTC"),
                ("by", "replay \(ReplayProgram.version)"),
                ("content", isRedacted ? "redacted: x stands for what was said" : "complete"),
            ]
            var sink = PageSink(target, page)
            return try run.run(&sink, progress)
        }
    }

    private var facts: [BundleFact] {
        [
            BundleFact("exported_at", Timestamp.iso8601(Clock.wall())),
            BundleFact("exported_by", "replay \(ReplayProgram.version)"),
            BundleFact("redacted", isRedacted ? "yes" : "no"),
        ]
    }
}
