import CommandLineOptions
import EventStore
import Postmortem
import Projections
import Session

/// `replay explain ID`: which side failed, and what proves it.
struct ExplainCommand: ReplayCommand {
    static let name = "explain"
    static let syntax = CommandLineSyntax(
        program: "replay explain",
        summary: "Which side failed in a dialogue, and which events prove it.",
        version: ReplayProgram.version,
        options: SharedOption.all,
        positionals: [SharedOption.id]
    )
    static let notes = """
        An id stands for its whole dialogue: a temporary id for the sessions it became, and for all
        connections to them; a session for the temporary ids it came from. The first line is the
        answer: the side at fault, the name of the verdict, and what happened; or that an answer is
        not over, which says nothing of whether the gateway still runs. Below stand, for each
        connection, its verdicts, the first cause first: severity (✗ failure, ! remark, ✓ fine),
        name, side at fault, sentence, the events that prove it (position, time, ordinal), and
        what to look at next (→). docs/verdicts.md lists all verdicts. Exit status 1 when one is a
        failure.

        With --json each line is one verdict: verdict, severity, side, connection, id, position, at,
        text, binding_us (of bound: µs from the first request), evidence (connection, position,
        ordinal, at, what), next.

        examples:
          replay explain new_1234567890
          replay explain abc-123 --json | jq -r 'select(.severity == "failure") | .text'

        """

    private let id: String
    private let folder: String

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        id = arguments.positionals.first ?? ""
        folder = try SharedOption.folder(arguments)
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        let found = try ConnectionDirectory.connections(id, folder: folder, log, output)
        // A number stands for one connection; an id for all that have had it.
        let earlier = Int64(id) == nil ? [] : try Self.earlierUses(of: found, log)
        let verdicts = try Self.judge(found, after: earlier, log)
        output.hasFinding = verdicts.contains { $0.severity == .failure }
        if output.isJSON {
            for verdict in verdicts { try output.writeLine(json: verdict.json) }
        } else {
            try print(verdicts, of: found, output)
        }
        return output.hasFinding ? .finding : .fine
    }

    /// Earlier connections that were opened with a temporary id of these, and where: what became of the id
    /// then counts now.
    private static func earlierUses(
        of connections: [ConnectionSummary],
        _ log: LogReader
    ) throws -> [OwnEvents] {
        let numbers = Set(connections.map(\.connection))
        let temporary = connections.filter { TemporaryID($0.pathID) != nil }
        guard let last = temporary.map(\.firstPosition).max() else { return [] }
        let ids = Set(temporary.map { Array($0.pathID.utf8) })
        var found: [OwnEvents] = []
        var reading = PayloadReading()
        try log.forEach(kinds: [.connectionOpened], through: last &- 1) {
            position,
            header,
            _,
            body in
            if !numbers.contains(header.connection), let id = reading.read(header, body).id,
                ids.contains(Array(id.utf8))
            {
                found.append(
                    OwnEvents(connection: header.connection, from: position, through: .max)
                )
            }
            return true
        }
        return Array(found.suffix(Dialogue.idLimit))
    }

    /// The events of a connection.
    private struct OwnEvents {
        var connection: Int64
        var from: Int64
        var through: Int64
    }

    /// The verdicts on connections, the first cause first, and on the log while they were open.
    ///
    /// - Parameter earlier: what is judged before them, and not told.
    private static func judge(
        _ connections: [ConnectionSummary],
        after earlier: [OwnEvents],
        _ log: LogReader
    ) throws -> [Verdict] {
        let own = connections.map {
            OwnEvents(connection: $0.connection, from: $0.firstPosition, through: $0.end)
        }
        let first = own.map(\.from).min() ?? .max
        let last = own.map(\.through).max() ?? 0
        var fold = VerdictFold()
        for range in earlier + own {
            try log.forEach(
                connection: range.connection,
                from: range.from,
                through: range.through
            ) { position, header, checksum, body in
                fold.take(position: position, header, checksum: checksum, body)
                return true
            }
        }
        fold.finish()
        let numbers = Set(own.map(\.connection))
        var verdicts = fold.takeNew().filter { numbers.contains($0.connection) }
        var gaps = VerdictFold()
        try log.forEach(connection: 0, kinds: [.logGap], from: first, through: last) {
            position,
            header,
            checksum,
            body in
            gaps.take(position: position, header, checksum: checksum, body)
            return true
        }
        verdicts += gaps.takeNew()
        return verdicts.sorted { $0.precedes($1) }
    }

    private func print(
        _ verdicts: [Verdict],
        of connections: [ConnectionSummary],
        _ output: Output
    ) throws(OutputClosed) {
        let hasFailure = verdicts.contains { $0.severity == .failure }
        let answer = Verdict.answer(to: verdicts)
        let style = output.style
        let isOpen = verdicts.contains(where: \.isOpen)
        try output.writeLine(
            hasFailure ? style.bad(answer) : isOpen ? style.change(answer) : style.good(answer)
        )
        for connection in connections {
            try output.writeLine()
            try output.writeLine(style.bold(connection.heading))
            let own = verdicts.filter { $0.connection == connection.connection }
            if own.isEmpty { try output.writeLine("  nothing to say yet") }
            for verdict in own { try print(verdict, output) }
        }
        let gaps = verdicts.filter { $0.connection == 0 }
        guard !gaps.isEmpty else { return }
        try output.writeLine()
        try output.writeLine(style.bold("the log"))
        for verdict in gaps { try print(verdict, output) }
    }

    private func print(_ verdict: Verdict, _ output: Output) throws(OutputClosed) {
        let style = output.style
        let name = "\(verdict.name.rawValue) (\(verdict.side.words))"
        let head =
            switch verdict.severity {
            case .fine: style.good("✓ \(name)")
            case .remark: style.change("! \(name)")
            case .failure: style.bad("✗ \(name)")
            }
        try output.writeLine("  \(head): \(TerminalText.make(verdict.words))")
        for evidence in verdict.evidence {
            let other =
                evidence.connection == verdict.connection
                ? "" : " of connection \(evidence.connection)"
            try output.writeLine(
                "      position \(evidence.position)  \(Timestamp.iso8601(evidence.at))"
                    + "  ordinal \(evidence.ordinal)\(other)  "
                    + style.dim(TerminalText.make(evidence.what))
            )
        }
        guard verdict.severity != .fine || verdict.isOpen else { return }
        try output.writeLine("      → \(verdict.name.advice)")
    }
}
