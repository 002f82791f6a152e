import CommandLineOptions
import EventStore
import Postmortem
import Projections
import Session

/// `replay state ID`: what the gateway knew of a connection at some moment.
struct StateCommand: ReplayCommand {
    static let name = "state"
    private static let atOption = CommandLineOption.value(
        "at",
        "MOMENT",
        "a position in the log, or a time as for --since (default: the end)"
    )
    private static let diffOption = CommandLineOption.flag(
        "diff",
        "what is different at TO from what was at FROM"
    )
    static let syntax = CommandLineSyntax(
        program: "replay state",
        summary: "What the gateway knew of a connection at a moment, or what changed between two.",
        version: ReplayProgram.version,
        options: SharedOption.all + [atOption, diffOption],
        positionals: [
            SharedOption.id,
            CommandLinePositional("FROM", "with --diff: the first moment, as for --at", .optional),
            CommandLinePositional("TO", "with --diff: the second moment", .optional),
        ]
    )
    static let notes = """
        The state is the fold of the connection's events: of all up to a position, or of all before
        the first one that is later than a time. It is all that the gateway decides by. Fields
        named turn_… are of the turn under way. What is not known then is shown as none.

        With --json each line is one connection: connection, position, at (of the event folded
        last; left out before the first), and the fields by their names. With --diff:
        connection, from and to (position, at, ordinal), changes (field, before, after).

        examples:
          replay state new_1234567890
          replay state 17 --at 4711
          replay state 17 --at 2025-11-22T16:08:01.5Z --json | jq '.waiting'
          replay state abc-123 --diff 16:08:01 16:08:05

        """

    private let id: String
    private let folder: String
    private let moments: [MomentArgument]

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        id = arguments.positionals.first ?? ""
        folder = try SharedOption.folder(arguments)
        let places = arguments.positionals.dropFirst()
        guard arguments.has(Self.diffOption) else {
            if let one = places.first { throw .unexpectedArgument(one) }
            moments = [try arguments.value(of: Self.atOption).map(Self.at) ?? .end]
            return
        }
        try arguments.exclude(Self.atOption, Self.diffOption)
        guard let from = places.first, let to = places.dropFirst().first else {
            throw .missingArgument(places.isEmpty ? "FROM" : "TO")
        }
        moments = [try MomentArgument(from, of: "diff"), try MomentArgument(to, of: "diff")]
    }

    private static func at(_ text: String) throws(CommandLineViolation) -> MomentArgument {
        try MomentArgument(text, of: atOption.name)
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        let found = try ConnectionDirectory.connections(id, folder: folder, log, output)
        for (index, connection) in found.enumerated() {
            if index > 0, !output.isJSON { try output.writeLine() }
            let states = try moments.map { try Self.state(of: connection, at: $0, log) }
            guard let first = states.first, let last = states.last else { continue }
            let text = StateText(style: output.style)
            if states.count > 1 {
                if output.isJSON {
                    try output.writeLine(json: first.json(changesTo: last))
                } else {
                    for line in text.lines(first, last) { try output.writeLine(line) }
                }
            } else if output.isJSON {
                try output.writeLine(json: first.json)
            } else {
                for line in text.lines(first) { try output.writeLine(line) }
            }
        }
        return .fine
    }

    private static func state(
        of connection: ConnectionSummary,
        at moment: MomentArgument,
        _ log: LogReader
    ) throws -> ConnectionMoment {
        var state = ConnectionMoment(connection: connection.connection)
        var reading = EventReading()
        try log.forEach(
            connection: connection.connection,
            from: connection.firstPosition,
            through: connection.end
        ) { position, header, _, body in
            if moment.isBefore(position, header) { return false }
            state.take(position: position, header, body, &reading)
            return true
        }
        return state
    }
}
