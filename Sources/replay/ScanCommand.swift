import CommandLineOptions
import EventStore
import Postmortem
import Wire

/// `replay scan`: judges every connection of the log.
struct ScanCommand: ReplayCommand {
    static let name = "scan"
    private static let followOption = CommandLineOption.flag(
        "follow",
        "judge what there is, then what is written, until interrupted"
    )
    private static let allOption = CommandLineOption.flag("all", "print verdicts that are fine too")
    static let syntax = CommandLineSyntax(
        program: "replay scan",
        summary: "Judges every connection: one line for each finding, then what they sum up to.",
        version: ReplayProgram.version,
        options: SharedOption.all + [
            EventFilter.since, EventFilter.until, followOption, allOption,
        ]
    )
    static let notes = """
        A finding is a verdict that is a failure or a remark; docs/verdicts.md lists them all. Its line
        has these columns, separated by one space; they are an interface:

          time        of the event that decides, UTC, e.g. 2025-11-22T16:08:01.000123Z
          severity    failure, remark; with --all fine too
          verdict     its name
          side        who is at fault: ide, gateway, agent, network, nobody
          connection  its number; 0: the gateway itself
          id          the session's, or else the one in the path; - when it is not known
          position    of the event that decides
          sentence    what happened, up to the end of the line

        Lines come in the order in which verdicts become certain. Then come lines that begin with
        '# ': counts by verdict, the time from a connection's first request to its binding
        (percentiles at most 1.6 % too long), and the ten connections with most failures. Exit
        status 1 when there was a failure.

        --since and --until choose verdicts by the time of the event that decides. Connections that
        were open then are judged from their beginning; but that a temporary id had been used
        before is only known from where reading begins, the segment of --since. With --follow a
        finding is printed within a second of the event; what needs an end, such as an answer
        under way, when that end comes. --until cannot be given with it.

        With --json each finding is one verdict, as of replay explain. The last line is the sum:
        events, connections, failures, remarks, counts, binding (count, p50_us, p99_us, max_us),
        worst (connection, id, failures, remarks, verdicts).

        examples:
          replay scan --since 24h >found 2>&1 || mail -s 'gateway: findings' operator <found
          replay scan --follow --since 1s | grep --line-buffered '^[^ ]* failure '
          replay scan --json | jq -r 'select(.verdict == "agent-refused") | .connection'

        """

    private let since: Int64?
    private let until: Int64?
    private let isFollowing: Bool
    private let showsAll: Bool
    private let folder: String

    var waitsForLog: Bool { isFollowing }

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        since = try TimeArgument.value(of: EventFilter.since, arguments)
        until = try TimeArgument.value(of: EventFilter.until, arguments)
        isFollowing = arguments.has(Self.followOption)
        showsAll = arguments.has(Self.allOption)
        folder = try SharedOption.folder(arguments)
        try arguments.exclude(EventFilter.until, Self.followOption)
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        let first = try since.map { time throws(StoreError) in try log.position(notBefore: time) }
        var scan = LogScan(folder: folder, from: first ?? 1, skipsDamage: log.skipsDamage)
        var report = ScanReport()
        if isFollowing {
            try LogFollower(log, from: scan.first, output: output).forEach(
                afterBatch: {
                    scan.fold.settle()
                    try self.report(&scan, &report, output)
                }
            ) { position, header, checksum, body in
                try scan.take(position: position, header, checksum: checksum, body)
                if scan.fold.hasNew { try self.report(&scan, &report, output) }
                return true
            }
        } else {
            try read(log, &scan, &report, output)
        }
        scan.fold.finish()
        try self.report(&scan, &report, output)
        let (events, connections) = (scan.fold.rows, scan.fold.connections)
        if output.isJSON {
            let sum = report.json(events: events, connections: connections)
            try output.writeLine(json: sum)
        } else {
            for line in report.words(events: events, connections: connections) {
                try output.writeLine(line)
            }
        }
        return report.failures > 0 ? .finding : .fine
    }

    private func read(
        _ log: LogReader,
        _ scan: inout LogScan,
        _ report: inout ScanReport,
        _ output: Output
    ) throws {
        let progress = ProgressLine(
            "scanning",
            descriptor: output.errors,
            end: try log.lastPosition()
        )
        defer { progress.remove() }
        try log.forEach(from: scan.first) { position, header, checksum, body in
            try scan.take(position: position, header, checksum: checksum, body)
            if scan.fold.hasNew {
                progress.remove()
                try self.report(&scan, &report, output)
            }
            progress.note(position)
            return true
        }
    }

    /// Prints the verdicts that have become certain.
    private func report(
        _ scan: inout LogScan,
        _ report: inout ScanReport,
        _ output: Output
    ) throws(OutputClosed) {
        for verdict in scan.fold.takeNew() where isChosen(verdict) {
            report.add(verdict)
            output.hasFinding = report.failures > 0
            guard showsAll || verdict.severity > .fine else { continue }
            if output.isJSON {
                try output.writeLine(json: verdict.json)
            } else {
                try output.writeLine(verdict.line)
            }
        }
    }

    private func isChosen(_ verdict: Verdict) -> Bool {
        if let since, verdict.at < since { return false }
        if let until, verdict.at > until { return false }
        return true
    }
}
