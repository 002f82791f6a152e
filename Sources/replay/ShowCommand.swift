import CommandLineOptions
import EventStore
import Postmortem
import Projections

/// `replay show ID`: what happened, event by event.
struct ShowCommand: ReplayCommand {
    static let name = "show"
    private static let fullOption = CommandLineOption.flag("full", "print payloads whole")
    static let syntax = CommandLineSyntax(
        program: "replay show",
        summary: "What happened on the connections that an id stands for, event by event.",
        version: ReplayProgram.version,
        options: SharedOption.all + [fullOption],
        positionals: [
            CommandLinePositional(
                "ID",
                "a connection's number, or the id in its path, or a session it was bound to"
            )
        ]
    )
    static let notes = """
        Each line has the event's ordinal, its time (UTC), the time since the one before, between
        whom it went, what it was, and its payload, cut to the width of the terminal. Below it
        stands what the gateway did about it (⇒), what changed in its state (∆), and what is
        wrong (!). Control characters are shown as \\n or \\u{…}.

        With --json each line is one event: connection, position, ordinal, cause, at,
        since_last_us, direction, kind, version, detail, title, body (body_base64 too, when it is
        not UTF-8), outcomes, changes, anomalies, intact.

        examples:
          replay show 17
          replay show new_1234567890 --full
          replay show abc-123 --json | jq -r 'select(.kind == "requestSent") | .body'

        """

    private let id: String
    private let folder: String
    private let isFull: Bool

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        id = arguments.positionals.first ?? ""
        folder = SharedOption.folder(arguments)
        isFull = arguments.has(Self.fullOption)
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        let found = try ConnectionDirectory.connections(id, folder: folder, log, output)
        for (index, connection) in found.enumerated() {
            if !output.isJSON {
                if index > 0 { try output.writeLine() }
                try output.writeLine(output.style.bold(connection.heading))
            }
            try show(connection, log, output)
        }
        return .fine
    }

    private func show(
        _ connection: ConnectionSummary,
        _ log: LogReader,
        _ output: Output
    ) throws {
        var timeline = Timeline()
        let text = TimelineText(style: output.style, isFull: isFull)
        try log.forEach(
            connection: connection.connection,
            from: connection.firstPosition,
            through: connection.end
        ) { position, header, checksum, body in
            let entry = timeline.take(position: position, header, checksum: checksum, body)
            if output.isJSON {
                try output.writeLine(json: entry.json)
            } else {
                for line in text.lines(entry) { try output.writeLine(line) }
            }
            return true
        }
    }
}
