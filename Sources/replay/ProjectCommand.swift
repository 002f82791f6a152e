import CommandLineOptions
import EventStore
import Postmortem
import Projections
import Wire

/// `replay project`: makes the projections again.
struct ProjectCommand: ReplayCommand {
    static let name = "project"
    private static let outputOption = CommandLineOption.value(
        "output",
        "FILE",
        "where to put them (default: projections.db in the log's folder)"
    )
    static let syntax = CommandLineSyntax(
        program: "replay project",
        summary: "Makes projections.db from the beginning of the log.",
        version: ReplayProgram.version,
        options: SharedOption.all + [outputOption]
    )
    static let notes = """
        The file holds what the log says of connections, bindings and turns, as tables for SQL
        (docs/event-format.md). With it, list and show need not read the whole log. A gateway keeps
        it up to date by itself; it can be removed at any time. The log itself is not changed, and
        a gateway may be running: the new file takes the place of the old one at once. While the
        gateway or another replay is at the file, exit status 1. With --output a FILE that is
        something else is not replaced, and but for projections.db none is made in the log's
        folder.

        With --json one object is printed: through (the position that it is true up to), events,
        milliseconds, events_per_second.

        examples:
          replay project
          replay --log /var/lib/gateway/log project --output /tmp/projections.db

        """

    private let folder: String
    private let file: String?

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        folder = try SharedOption.folder(arguments)
        file = arguments.value(of: Self.outputOption)
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        if log.isBundle, file == nil {
            throw CommandLineViolation.missingOption(Self.outputOption.name, by: "a bundle")
        }
        if let file {
            try OutputPath.check(file, outside: folder, but: Projector.fileName)
        }
        let progress = ProgressLine(
            "projecting",
            descriptor: output.errors,
            end: try log.lastPosition()
        )
        defer { progress.remove() }
        let made = try Projector(folder: folder, output: file).rebuild { position, _ in
            progress.note(position)
            return true
        }
        guard let made else { return .finding }
        let elapsed = max(1, progress.elapsed)
        let rate = made.events * 1_000_000 / elapsed
        if output.isJSON {
            var writer = JSONObjectWriter()
            writer.add("through", made.through)
            writer.add("events", made.events)
            writer.add("milliseconds", elapsed / 1_000)
            writer.add("events_per_second", rate)
            try output.writeLine(json: writer.bytes)
        } else {
            try output.writeLine(
                output.style.good("✓ ") + "\(made.events) events in \(Timestamp.duration(elapsed)):"
                    + " \(rate) events a second, true up to position \(made.through)"
            )
        }
        return .fine
    }
}
