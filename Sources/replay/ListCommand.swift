import CommandLineOptions
import EventStore
import Postmortem

/// `replay list`: one line for each connection.
struct ListCommand: ReplayCommand {
    static let name = "list"
    private static let limitOption = CommandLineOption.value(
        "limit",
        "N",
        "print only the N newest"
    )
    static let syntax = CommandLineSyntax(
        program: "replay list",
        summary: "One line for each connection in the log, the newest last.",
        version: ReplayProgram.version,
        options: SharedOption.all + [limitOption]
    )
    static let notes = """
        With --json each line is one connection: connection, opened_at, last_at, path_id,
        session_id, turns, messages, chunks, frames_delivered, closed_by, close_code,
        close_reason, answer_under_way, waiting, anomalies, damaged_rows, notes. What is not
        known is left out.

        examples:
          replay list --limit 20
          replay list --json | jq 'select(.anomalies > 0) | .connection'

        """

    private let limit: Int

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        limit = try arguments.integer(of: Self.limitOption, in: 1 ... .max) ?? .max
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        let connections = try log.summaries().suffix(limit)
        if output.isJSON {
            for connection in connections { try output.writeLine(json: connection.json) }
            return .fine
        }
        guard !connections.isEmpty else {
            try output.writeLine("The log holds no connection.")
            return .fine
        }
        var table = TextTable([
            "connection", "opened (UTC)", "id", "turns", "chunks", "closed", "notes",
        ])
        for connection in connections { table.add(Self.row(connection)) }
        for (index, line) in table.lines(columns: output.style.columns).enumerated() {
            try output.writeLine(index == 0 ? output.style.bold(line) : line)
        }
        return .fine
    }

    private static func row(_ connection: ConnectionSummary) -> [String] {
        [
            "\(connection.connection)",
            Timestamp.dateAndTime(connection.openedAt),
            connection.ids,
            "\(connection.state.turns)",
            "\(connection.chunks)",
            connection.ending,
            connection.notes.joined(separator: "; "),
        ]
    }
}
