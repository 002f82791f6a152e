import CommandLineOptions
import EventStore
import Postmortem
import Projections

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
    private let folder: String

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        limit = try arguments.integer(of: Self.limitOption, in: 1 ... .max) ?? .max
        folder = try SharedOption.folder(arguments)
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        let connections = try all(log, output).suffix(limit)
        if output.isJSON {
            for connection in connections { try output.writeLine(json: connection.json) }
            return .fine
        }
        guard !connections.isEmpty else {
            try output.writeLine("The log holds no connection.")
            return .fine
        }
        var table = TextTable(columns: output.style.columns)
        let titles = ["connection", "opened (UTC)", "id", "turns", "chunks", "closed", "notes"]
        // Rows are made twice, so that they need not all be kept.
        table.measure(titles)
        for connection in connections { table.measure(Self.row(connection)) }
        try output.writeLine(output.style.bold(table.line(titles)))
        for connection in connections { try output.writeLine(table.line(Self.row(connection))) }
        return .fine
    }

    private func all(_ log: LogReader, _ output: Output) throws -> [ConnectionSummary] {
        let progress = ProgressLine(
            "reading",
            descriptor: output.errors,
            end: try log.lastPosition()
        )
        defer { progress.remove() }
        return try ConnectionDirectory(folder: folder, log: log).all { progress.note($0) }
    }

    private static func row(_ connection: ConnectionSummary) -> [String] {
        [
            "\(connection.connection)",
            Timestamp.dateAndTime(connection.openedAt),
            connection.ids,
            "\(connection.turns)",
            "\(connection.chunks)",
            connection.ending,
            connection.notes.joined(separator: "; "),
        ]
    }
}
