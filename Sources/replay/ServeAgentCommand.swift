import AgentSimulator
import CommandLineOptions
import EventStore
import IOLoop
import Postmortem
import Projections
import Wire

/// `replay serve-agent ID`: be the Agent Runtime of a recorded dialogue.
struct ServeAgentCommand: ReplayCommand {
    static let name = "serve-agent"
    private static let port = CommandLineOption.value(
        "port",
        "N",
        "port to listen on (default: one that is free)"
    )
    private static let host = CommandLineOption.value(
        "host",
        "ADDRESS",
        "address to listen on (default: 127.0.0.1)"
    )
    private static let speed = CommandLineOption.value(
        "speed",
        "X",
        "1: in the recorded time (default); 2: twice as fast; up to 1000; 0: at once"
    )
    private static let once = CommandLineOption.flag("once", "end after the last recorded turn")
    static let syntax = CommandLineSyntax(
        program: "replay serve-agent",
        summary: "Plays the recorded answers of a dialogue, byte for byte, as an Agent Runtime.",
        version: ReplayProgram.version,
        options: SharedOption.all + [port, host, speed, once],
        positionals: [SharedOption.id]
    )
    static let notes = """
        The first line is the URL, e.g. http://127.0.0.1:41234, for GATEWAY__AGENT_URL. Then a line
        for each message that is posted: which recorded turn answers it, and how its body differs
        from the recorded one, which is printed to standard error too. The turns of a connection are
        asked for in their order; the first byte that differs is told.

        Head and blocks go out as recorded, each block in a write of its own, and the answer ends as
        it did: with its body, broken off, reset, refused, with a status, or in silence until the
        gateway gives up. Not on record, and so not the same: the chunks of HTTP that a body came in
        (here each block is one), what made an answer malformed (here a chunk size that is none), and
        the bodies of REST answers (here an object of the recorded length). A connection that was
        refused is closed without an answer, or refused if all were.

        Ends on SIGTERM or SIGINT, and with --once after the last turn. Exit status 1 when a message
        was not as recorded.

        With --json: {"url":…} and then one line for each message: turn, connection, position, same,
        difference.

        examples:
          replay --log incident.bundle serve-agent new_1234567890 --port 8002
          replay serve-agent abc-123 --speed 0 --once

        """

    private let id: String
    private let folder: String
    private let port: UInt16
    private let host: String
    private let speed: Double
    private let endsByItself: Bool

    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation) {
        id = arguments.positionals.first ?? ""
        folder = try SharedOption.folder(arguments)
        port = UInt16(try arguments.integer(of: Self.port, in: 0...65_535) ?? 0)
        host = arguments.value(of: Self.host) ?? "127.0.0.1"
        speed = try DecimalArgument.value(of: Self.speed, arguments, in: 0...1000) ?? 1
        endsByItself = arguments.has(Self.once)
    }

    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus {
        let dialogue = try RecordedDialogue(id, folder: folder, log, output)
        guard !dialogue.turns.isEmpty else {
            throw CommandFailure(
                "no turn is on record for '\(TerminalText.make(id))': nothing to play"
            )
        }
        do throws(IOError) {
            if dialogue.turns.allSatisfy(\.hadNoConnection) { return try refuse(output) }
            return try serve(dialogue, output)
        } catch {
            throw CommandFailure("cannot listen on \(TerminalText.make(host)):\(port): \(error)")
        }
    }

    private func serve(
        _ dialogue: RecordedDialogue,
        _ output: Output
    ) throws(IOError) -> ExitStatus {
        let loop = try EventLoop()
        let agent = PlayedAgent(dialogue.turns, dialogue.calls, speed: speed)
        let complaints = Output(isJSON: false, descriptor: output.errors, errors: output.errors)
        agent.report = { request in
            output.say(text: request.words, json: request.json)
            guard request.difference != nil else { return }
            complaints.say(text: "replay: \(request.words)", json: [])
        }
        // What was written last has still to leave.
        let end = LoopTimer { loop.stop() }
        if endsByItself { agent.finished = { loop.arm(end, after: 200_000) } }
        let server = try AgentServer(agent, host: host, port: port, on: loop)
        // Before anybody knows whom to end.
        let watch = TerminationWatch(on: loop) { loop.stop() }
        announce("http://\(server.address)", output)
        loop.run()
        watch.end()
        server.stop()
        if agent.left > 0, !output.isJSON {
            complaints.say(text: "replay: \(agent.left) turn(s) were not asked for", json: [])
        }
        return agent.differences == 0 ? .fine : .finding
    }

    /// The record has an agent that could not be reached.
    private func refuse(_ output: Output) throws(IOError) -> ExitStatus {
        let loop = try EventLoop()
        let port = try RefusingPort(host: host, port: port)
        let watch = TerminationWatch(on: loop) { loop.stop() }
        announce("http://\(port.address)", output)
        loop.run()
        watch.end()
        return .fine
    }

    private func announce(_ url: String, _ output: Output) {
        var writer = JSONObjectWriter()
        writer.add("url", url)
        output.say(text: url, json: writer.bytes)
    }
}
