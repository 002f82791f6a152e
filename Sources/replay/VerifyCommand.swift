import CommandLineOptions
import EventStore
import Postmortem
import Projections
import Wire

/// `replay verify [ID]`: checks the log.
struct VerifyCommand: ReplayCommand {
    static let name = "verify"
    private static let allOption = CommandLineOption.flag("all", "the whole log, as without an ID")
    static let syntax = CommandLineSyntax(
        program: "replay verify",
        summary: "Checks that no row is damaged or lost and that the gateway kept to its rules.",
        version: ReplayProgram.version,
        options: SharedOption.all + [allOption],
        positionals: [
            CommandLinePositional(
                "ID",
                "only the connections of this id, as for replay show",
                .optional
            )
        ]
    )
    static let notes = """
        Each row's checksum is computed again. Every decision (each request to the agent, each
        refused message, each close, each end of an answer) is made again from the events before
        it and compared byte for byte with what is recorded, and so are the counts of frames and
        bytes that the IDE took. What follows from a damaged row is counted, not listed again.
        Exit status 1 when anything was found.

        With --json each finding is a line: position, connection, ordinal, finding (damagedRow,
        missingRows, ordinalGap, divergence, missingDecision, unexpectedDecision,
        deliveryDiffers), text, expected, recorded, differs (kind, cause, detail, body), offset (of
        the first byte that differs). The last line is the summary: rows,
        connections, compared, findings, consequences.

        examples:
          replay verify
          replay verify abc-123
          replay verify --json | jq -r 'select(.finding == "divergence") | .text'

        """

    private let id: String?
    private let folder: String

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        id = arguments.positionals.first
        if let id, arguments.has(Self.allOption) {
            throw .unexpectedArgument(id)
        }
        folder = try SharedOption.folder(arguments)
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        var verification = Verification(isWholeLog: id == nil && !log.isBundle)
        if let id {
            let found = try ConnectionDirectory.connections(id, folder: folder, log, output)
            for connection in found {
                let (number, first) = (connection.connection, connection.firstPosition)
                try log.forEach(connection: number, from: first, through: connection.end) {
                    position,
                    header,
                    checksum,
                    body in
                    let rows = verification.take(
                        position: position,
                        header,
                        checksum: checksum,
                        body
                    )
                    for finding in rows { try Self.report(finding, output) }
                    return true
                }
            }
        } else {
            try verifyAll(log, &verification, output)
        }
        if output.isJSON {
            try output.writeLine(json: Self.summary(verification))
        } else {
            try output.writeLine(Self.verdict(verification, output.style))
        }
        return verification.findings == 0 ? .fine : .finding
    }

    private func verifyAll(
        _ log: LogReader,
        _ verification: inout Verification,
        _ output: Output
    ) throws {
        let progress = ProgressLine(
            "verifying",
            descriptor: output.errors,
            end: try log.lastPosition()
        )
        defer { progress.remove() }
        try log.forEach { position, header, checksum, body in
            verification.note(removedThrough: log.removedThrough)
            let found = verification.take(position: position, header, checksum: checksum, body)
            if !found.isEmpty { progress.remove() }
            for finding in found { try Self.report(finding, output) }
            progress.note(position)
            return true
        }
    }

    private static func report(_ finding: Finding, _ output: Output) throws(OutputClosed) {
        output.hasFinding = true
        guard !output.isJSON else { return try output.writeLine(json: finding.json) }
        let place =
            "position \(finding.position), connection \(finding.connection),"
            + " ordinal \(finding.ordinal): "
        try output.writeLine(output.style.bad("✗ ") + place + finding.heading)
        for line in finding.comparison(columns: output.style.columns - 4) {
            try output.writeLine("    " + line)
        }
    }

    private static func verdict(_ verification: Verification, _ style: OutputStyle) -> String {
        let scope =
            "\(verification.rows) rows, \(verification.openings) connections,"
            + " \(verification.compared) decisions compared"
        guard verification.findings > 0 else { return style.good("✓ ") + "\(scope): no findings" }
        let more = verification.consequences
        return style.bad("✗ ") + "\(scope): \(verification.findings) finding(s)"
            + (more > 0 ? ", and \(more) difference(s) that follow from them" : "")
    }

    private static func summary(_ verification: Verification) -> [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("rows", verification.rows)
        writer.add("connections", Int64(verification.openings))
        writer.add("compared", Int64(verification.compared))
        writer.add("findings", Int64(verification.findings))
        writer.add("consequences", Int64(verification.consequences))
        return writer.bytes
    }
}
