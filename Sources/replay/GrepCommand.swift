import CommandLineOptions
import EventStore
import Events
import Postmortem
import Projections
import Session

/// `replay grep REGEX`: the events whose bytes match.
struct GrepCommand: ReplayCommand {
    static let name = "grep"
    private static let typeOption = CommandLineOption.value(
        "type",
        "TYPE",
        "only frames and chunks whose JSON has this type, e.g. session_info"
    )
    private static let connectionOption = CommandLineOption.value(
        "connection",
        "ID",
        "only the connections of this id, as for replay show"
    )
    private static let followOption = CommandLineOption.flag(
        "follow",
        letter: "f",
        "print what there is, then what is written, until interrupted"
    )
    private static let ignoreCaseOption = CommandLineOption.flag(
        "ignore-case",
        letter: "i",
        "let ASCII letters match those of the other case"
    )
    private static let countOption = CommandLineOption.flag(
        "count",
        "print only how many there are"
    )
    static let syntax = CommandLineSyntax(
        program: "replay grep",
        summary: "The events whose bytes match a regular expression, one a line.",
        version: ReplayProgram.version,
        options: SharedOption.all
            + [
                EventFilter.kind, typeOption, EventFilter.since, EventFilter.until,
                connectionOption, followOption, ignoreCaseOption, countOption,
            ],
        positionals: [
            CommandLinePositional(
                "REGEX",
                "POSIX extended, as for grep -E; may be left out with --type or --kind",
                .optional
            )
        ]
    )
    static let notes = """
        The exact bytes of each event are searched: frames, requests, heads of answers, SSE blocks.
        Columns, separated by a tab: time (UTC), position, connection, ordinal, direction, kind,
        type, id, payload. The type is that of the JSON in a frame or chunk; the id is the
        session_id in it or in a request, or the id in the path of an opening; what is not there
        is -. Control characters are shown as \\n or \\u{…}; nothing is cut. New columns would
        come after the last. --until cannot be given with --follow.

        With --json each line is one event: at, position, connection, ordinal, direction, kind,
        type, id (these two left out when not there), body (body_base64 too, when it is not
        UTF-8); with --count it is count.

        Exit status: 0 something was found, 1 nothing was, 2 wrong command line (also a bad
        regular expression), 3 the log cannot be read.

        examples:
          replay grep --type session_info --follow --since 1s
          replay grep 'abc-[0-9]+' --kind requestSent --since 15m
          replay grep -i timeout --kind requestFailed | cut -f 1,3,9
          replay grep --type error --connection new_1234567890 --json | jq -r .body

        """

    private let folder: String
    private let connection: String?
    private let follows: Bool
    private let counts: Bool
    private let filter: EventFilter
    private let type: String?
    private let pattern: String?
    private let ignoresCase: Bool

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        folder = try SharedOption.folder(arguments)
        connection = arguments.value(of: Self.connectionOption)
        follows = arguments.has(Self.followOption)
        counts = arguments.has(Self.countOption)
        filter = try EventFilter(arguments)
        type = arguments.value(of: Self.typeOption)
        pattern = arguments.positionals.first
        ignoresCase = arguments.has(Self.ignoreCaseOption)
        if pattern == nil, type == nil, filter.kinds == nil { throw .missingArgument("REGEX") }
        try arguments.exclude(EventFilter.until, Self.followOption)
        _ = try Self.compile(pattern, ignoresCase)
    }

    private static func compile(
        _ pattern: String?,
        _ ignoresCase: Bool
    ) throws(CommandLineViolation) -> BytePattern? {
        guard let pattern else { return nil }
        do throws(BytePattern.Violation) {
            return try BytePattern(pattern, ignoresCase: ignoresCase)
        } catch {
            throw .invalidArgument("REGEX", value: pattern, reason: error.description)
        }
    }

    var waitsForLog: Bool { follows }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        var search = EventSearch(
            filter: filter,
            pattern: try Self.compile(pattern, ignoresCase),
            type: type.map { TypePattern($0) }
        )
        let wanted = try connection.map {
            try ConnectionDirectory.connections($0, folder: folder, log, output)
        }
        search.connections = wanted.map { Set($0.map(\.connection)) }
        var first = try filter.since.map { try log.position(notBefore: $0) } ?? 1
        if let begin = wanted?.map(\.firstPosition).min() { first = max(first, begin) }
        let page = FoundEvents(search, counts: counts, output: output)
        if follows {
            let follower = LogFollower(log, from: first, output: output)
            try follower.forEach(kinds: search.kinds, page.take)
        } else if let wanted {
            for one in wanted {
                let (from, through) = (max(first, one.firstPosition), one.end)
                let number = one.connection
                let kinds = search.kinds
                try log.forEach(
                    connection: number,
                    kinds: kinds,
                    from: from,
                    through: through,
                    page.take
                )
            }
        } else {
            try log.forEach(kinds: search.kinds, from: first, page.take)
        }
        try page.finish()
        return page.count > 0 ? .fine : .finding
    }
}

/// Prints or counts what a search finds.
private final class FoundEvents {
    private(set) var count: Int64 = 0
    private var search: EventSearch
    private let counts: Bool
    private let output: Output
    private var reading = EventReading()
    private var payloads = PayloadReading()

    init(_ search: EventSearch, counts: Bool, output: Output) {
        self.search = search
        self.counts = counts
        self.output = output
    }

    func take(
        _ position: Int64,
        _ header: EventHeader,
        _ checksum: UInt32,
        _ body: Span<UInt8>
    ) throws -> Bool {
        guard search.finds(header, body) else { return true }
        count += 1
        guard !counts else { return true }
        let found = FoundEvent(position: position, header, body, &reading, &payloads)
        if output.isJSON {
            try output.writeLine(json: found.json)
        } else {
            try output.writeLine(found.columns.joined(separator: "\t"))
        }
        return true
    }

    func finish() throws {
        guard counts else { return }
        if output.isJSON {
            try output.writeLine(json: Array("{\"count\":\(count)}".utf8))
        } else {
            try output.writeLine("\(count)")
        }
    }
}
