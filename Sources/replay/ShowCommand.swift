import CommandLineOptions
import EventStore
import Postmortem
import Projections

/// `replay show ID`: what happened, event by event.
struct ShowCommand: ReplayCommand {
    static let name = "show"
    private static let fullOption = CommandLineOption.flag("full", "print payloads whole")
    private static let turnOption = CommandLineOption.value(
        "turn",
        "N",
        "only the Nth message that was posted, and what came of it"
    )
    static let syntax = CommandLineSyntax(
        program: "replay show",
        summary: "What happened on the connections that an id stands for, event by event.",
        version: ReplayProgram.version,
        options: SharedOption.all
            + [fullOption, turnOption, EventFilter.since, EventFilter.until, EventFilter.kind],
        positionals: [SharedOption.id]
    )
    static let notes = """
        Each line has the event's ordinal, the ordinal of the event it came of (← 7), its time (UTC),
        the time since the event before, between whom it went, what it was, and its payload, cut
        to the width of the terminal. Below it stands what the gateway did about it (⇒), what
        changed in its state (∆), and what is wrong (!). Control characters are shown as \\n or
        \\u{…}. --since, --until, --kind and --turn choose what is printed; all events are read.

        Of a frame to the IDE two moments are on record: when what it is made of was received,
        which is the event's own time, and when the IDE's socket had taken it at the latest
        (taken by, counted from there, and the event that says so). It was committed and then
        handed to the socket in between; when is not recorded.

        With --json each line is one event: connection, position, ordinal, cause, at,
        since_last_us, direction, kind, version, detail, title, body (body_base64 too, when it is
        not UTF-8), turn, taken_at, taken_ordinal, taken_after_us, outcomes, changes, anomalies,
        intact.

        examples:
          replay show 17
          replay show new_1234567890 --full
          replay show abc-123 --turn 2
          replay show 17 --kind requestSent,streamEnded,requestFailed --since 15m
          replay show abc-123 --json | jq -r 'select(.kind == "requestSent") | .body'

        """

    private let id: String
    private let folder: String
    private let isFull: Bool
    private let turn: Int64?
    private let filter: EventFilter

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        id = arguments.positionals.first ?? ""
        folder = try SharedOption.folder(arguments)
        isFull = arguments.has(Self.fullOption)
        turn = try arguments.integer(of: Self.turnOption, in: 1 ... .max).map { Int64($0) }
        filter = try EventFilter(arguments)
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
        // So that both readings are of the same events. An end that cannot be read hides none before it.
        let end = min(connection.end, (try? log.lastPosition()) ?? .max)
        var timeline = Timeline(try ConnectionOutline(reading: connection, through: end, log))
        var text = TimelineText(style: output.style, isFull: isFull)
        try log.forEach(
            connection: connection.connection,
            from: connection.firstPosition,
            through: end
        ) { position, header, checksum, body in
            let entry = timeline.take(position: position, header, checksum: checksum, body)
            guard filter.contains(header), turn == nil || entry.turn == turn else { return true }
            if output.isJSON {
                try output.writeLine(json: entry.json)
            } else {
                for line in text.lines(entry) { try output.writeLine(line) }
            }
            return true
        }
    }
}
