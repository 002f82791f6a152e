import BlockingWebSocket
import CommandLineOptions
import EventStore
import Glibc
import Postmortem
import Wire

/// `replay drive ID`: a recorded dialogue against a live gateway or agent.
struct DriveCommand: ReplayCommand {
    static let name = "drive"
    static let gateway = CommandLineOption.value(
        "gateway",
        "URL",
        "be the IDEs of the record, with the gateway at ws://HOST:PORT"
    )
    static let agent = CommandLineOption.value(
        "agent",
        "URL",
        "post the recorded requests to the agent at http://HOST:PORT"
    )
    private static let timing = CommandLineOption.value(
        "timing",
        "WHEN",
        "answers: go on when the recorded answer has come (default); original: at the recorded time"
    )
    private static let speed = CommandLineOption.value(
        "speed",
        "X",
        "of recorded times: 1 as they were (default), 2 twice as fast, up to 1000, 0 at once"
    )
    private static let step = CommandLineOption.flag("step", "go on by hand: Enter for each step")
    private static let patience = CommandLineOption.value(
        "patience",
        "SECONDS",
        "how long to wait for what does not come (default: 10)"
    )
    private static let strict = CommandLineOption.flag("strict", "compare frames byte for byte")
    private static let hold = CommandLineOption.value(
        "hold",
        "SECONDS",
        "how long connections that the record leaves open are kept after the outcome (default: 0)"
    )
    private static let key = CommandLineOption.value(
        "key",
        "KEY",
        "X-Internal-Auth for the target (default: $GATEWAY__INTERNAL_API_KEY, else none)"
    )
    static let syntax = CommandLineSyntax(
        program: "replay drive",
        summary:
            "Holds a recorded dialogue again, with a live system, and compares what comes of it.",
        version: ReplayProgram.version,
        options: SharedOption.all + [
            gateway, agent, timing, speed, step, patience, strict, hold, key,
        ],
        positionals: [SharedOption.id]
    )

    private let id: String
    private let folder: String
    private let target: Target
    private let pace: DrivePace
    private let isStrict: Bool
    private let hold: Duration
    private let fields: HTTPFields

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        id = arguments.positionals.first ?? ""
        folder = try SharedOption.folder(arguments)
        target = try Self.target(arguments)
        isStrict = arguments.has(Self.strict)
        let held = try DecimalArgument.value(of: Self.hold, arguments, in: 0...86_400) ?? 0
        hold = .microseconds(Int64(held * 1_000_000))
        var pace = DrivePace()
        pace.isStepped = arguments.has(Self.step)
        pace.speed = try DecimalArgument.value(of: Self.speed, arguments, in: 0...1000) ?? 1
        if let seconds = try DecimalArgument.value(of: Self.patience, arguments, in: 0...86_400) {
            pace.patience = .microseconds(Int64(seconds * 1_000_000))
        }
        if let text = arguments.value(of: Self.timing) {
            guard let timing = DrivePace.Timing(rawValue: text) else {
                throw .invalidValue(option: "timing", value: text, expected: "answers or original")
            }
            pace.timing = timing
        }
        self.pace = pace
        let key =
            arguments.value(of: Self.key)
            ?? getenv("GATEWAY__INTERNAL_API_KEY").map { String(cString: $0) }
        fields = key.map { ["X-Internal-Auth": $0] } ?? [:]
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        let complaints = Output(isJSON: false, descriptor: output.errors, errors: output.errors)
        let say = { (text: String) in complaints.say(text: "replay: \(text)", json: []) }
        switch target {
        case .gateway(let url):
            let drive = try drive(url, log, output, say)
            let outcomes = try drive.run().map { $0.outcome(drive.ids, isStrict: isStrict) }
            let status = try report(outcomes, output)
            drive.end(after: hold)
            return status
        case .agent(let url): return try report(try drive(url, log, output, say), output)
        }
    }

    private func report(
        _ outcomes: [DriveOutcome],
        _ output: Output
    ) throws(OutputClosed) -> ExitStatus {
        let differences = outcomes.reduce(0) { $0 + $1.differences }
        output.hasFinding = differences > 0
        for outcome in outcomes { try Self.print(outcome, output) }
        try Self.conclude(outcomes.count, differences, output)
        try output.flush()
        return differences == 0 ? .fine : .finding
    }

    private func drive(
        _ url: WebSocketURL,
        _ log: LogReader,
        _ output: Output,
        _ say: @escaping (String) -> Void
    ) throws -> GatewayDrive {
        let found = try RecordedDialogue.connections(id, folder: folder, log, output)
        var plan = DrivePlan()
        try RecordedDialogue.forEach(found, log) { position, header, body in
            plan.take(position: position, header, body)
        }
        plan.finish()
        guard !plan.moves.isEmpty else {
            throw CommandFailure(
                "no opening is on record for '\(TerminalText.make(id))': nothing to drive"
            )
        }
        return GatewayDrive(plan, to: url, fields: fields, pace, say: say)
    }

    private func drive(
        _ url: HTTPBaseURL,
        _ log: LogReader,
        _ output: Output,
        _ say: @escaping (String) -> Void
    ) throws -> [DriveOutcome] {
        let dialogue = try RecordedDialogue(id, folder: folder, log, output)
        guard !dialogue.turns.isEmpty else {
            throw CommandFailure(
                "no turn is on record for '\(TerminalText.make(id))': nothing to post"
            )
        }
        let drive = AgentDrive(
            dialogue.turns,
            to: url,
            fields: fields,
            pace,
            isStrict: isStrict,
            say: say
        )
        return try drive.run()
    }

    private static func print(_ outcome: DriveOutcome, _ output: Output) throws(OutputClosed) {
        if output.isJSON {
            for line in outcome.json { try output.writeLine(json: line) }
            return
        }
        for line in outcome.lines {
            let mark = line.isSame ? output.style.good("✓ ") : output.style.bad("✗ ")
            try output.writeLine(mark + line.words)
        }
    }

    private static func conclude(
        _ connections: Int,
        _ differences: Int,
        _ output: Output
    ) throws(OutputClosed) {
        guard output.isJSON else {
            let words = differences == 0 ? "the same" : "\(differences) difference(s)"
            return try output.writeLine("\(connections) driven: \(words)")
        }
        var writer = JSONObjectWriter()
        writer.add("part", "summary")
        writer.add("connections", Int64(connections))
        writer.add("differences", Int64(differences))
        try output.writeLine(json: writer.bytes)
    }
}
