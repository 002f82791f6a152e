import CommandLineOptions
import EventStore
import Glibc
import Postmortem
import Projections

/// Chooses the command and runs it.
struct ReplayProgram {
    static let version = "1.0.0"

    /// Where the answer goes.
    var output = STDOUT_FILENO
    /// Where complaints go.
    var errors = STDERR_FILENO

    /// All of them.
    static let commands: [any ReplayCommand.Type] = [
        ListCommand.self, ShowCommand.self, ExplainCommand.self, ScanCommand.self,
        StateCommand.self, GrepCommand.self, SQLCommand.self, VerifyCommand.self,
        ServeAgentCommand.self, DriveCommand.self, ExportCommand.self, ProjectCommand.self,
    ]

    /// What may stand before the command.
    private static let syntax = CommandLineSyntax(
        program: "replay",
        summary: "",
        version: version,
        options: SharedOption.all
    )

    private static let usage = """
        usage: replay [options] COMMAND …

        Tells from the event log alone what a gateway has received, decided and sent.
        It never changes the log: it can be used while the gateway runs, or on a copied folder.

          explain ID      which side failed in a dialogue, and what proves it
          scan            judge every connection of the log, or with --follow of a live one
          list            one line for each connection, the newest last
          show ID         what happened on a connection, event by event
          state ID        what the gateway knew of a connection at a moment, or what changed
          grep REGEX      the events whose bytes match, one a line, also as they come
          sql QUERY       SQL over all events
          verify [ID]     check the log, and decide again over what is recorded
          serve-agent ID  play the recorded answers of a dialogue as an Agent Runtime
          drive ID        hold the dialogue again with a live gateway or agent, and compare
          export ID       write it into one file: a bundle, NDJSON, HAR, or a page to look at
          project         make projections.db again, which makes all that looks for an ID quick

          --log PATH      folder of the event log, or a bundle (default: $GATEWAY__LOG_DIR, else
                          ./gateway-log)
          --json          print NDJSON: one JSON object a line
          --help          print this text, or with a command its own, and exit
          --version       print the version and exit

        ID is a connection's number, or a temporary or session id, which stands for the whole
        dialogue.

        Exit status: 0 fine; 1 a finding, no such connection, or a target that cannot be reached
        or written; 2 wrong command line; 3 the log cannot be read.

        examples:
          replay explain new_1234567890
          replay scan --since 24h
          replay --log /var/lib/gateway/log verify && echo clean

        """

    func run(_ arguments: [String]) -> ExitStatus {
        let (options, rest) = Self.split(arguments)
        guard let name = rest.first else { return runWithoutCommand(options) }
        guard let command = Self.commands.first(where: { $0.name == name }) else {
            return complain("'\(name)' is no command; see replay --help", .usage)
        }
        return run(command, options + rest.dropFirst())
    }

    /// Options may stand before the command too.
    private static func split(_ arguments: [String]) -> (
        options: [String], rest: ArraySlice<String>
    ) {
        var rest = arguments[...]
        var options: [String] = []
        while let next = rest.first, next.hasPrefix("-"), next != "-", next != "--" {
            rest.removeFirst()
            options.append(next)
            if next == "--\(SharedOption.log.name)", let value = rest.popFirst() {
                options.append(value)
            }
        }
        return (options, rest)
    }

    private func runWithoutCommand(_ options: [String]) -> ExitStatus {
        do throws(CommandLineViolation) {
            switch try Self.syntax.parse(options) {
            case .help: return print(Self.usage)
            case .version: return print("replay \(Self.version)\n")
            case .run: return complain("a command is missing; see replay --help", .usage)
            }
        } catch {
            return complain("\(error); see replay --help", .usage)
        }
    }

    private func run(
        _ type: any ReplayCommand.Type,
        _ arguments: [String]
    ) -> ExitStatus {
        do {
            switch try type.syntax.parse(arguments) {
            case .help: return print(type.syntax.usage + "\n" + type.notes)
            case .version: return print("replay \(Self.version)\n")
            case .run(let parsed):
                let command = try type.init(parsed)
                let isJSON = parsed.has(SharedOption.json)
                let page = Output(isJSON: isJSON, descriptor: output, errors: errors)
                let folder = try SharedOption.folder(parsed)
                // From the first look for the log on, so that an end is always one in good order.
                let signals = command.waitsForLog ? StopSignals() : nil
                defer { withExtendedLifetime(signals) {} }
                let found =
                    command.waitsForLog
                    ? try LogFollower.waitForLog(folder: folder, output: page)
                    : try LogReader(folder: folder)
                guard let log = found else { return .fine }
                // A log that is being followed is read until it can be read no more.
                log.skipsDamage = !command.waitsForLog
                let status: ExitStatus
                do {
                    status = try command.run(log, page)
                    page.hasFinding = status == .finding
                    try page.flush()
                } catch {
                    try? page.flush()
                    let told = complain(about: error, type)
                    let isFound = page.hasFinding && !command.waitsForLog
                    return conclude(log, told == .fine && isFound ? .finding : told)
                }
                return conclude(log, status)
            }
        } catch {
            return complain(about: error, type)
        }
    }

    /// Says what could not be read of the log, and what that makes of the status.
    private func conclude(_ log: LogReader, _ status: ExitStatus) -> ExitStatus {
        guard !log.damage.isEmpty else { return status }
        for damage in log.damage {
            _ = complain(TerminalText.make("\(damage)"), .finding)
        }
        guard log.hasRead else {
            return complain(
                "nothing of the log can be read (\(log.damage.count) finding(s))",
                .unreadable
            )
        }
        return status == .fine ? .finding : status
    }

    private func complain(
        about failure: any Error,
        _ type: any ReplayCommand.Type
    ) -> ExitStatus {
        do {
            throw failure
        } catch let violation as CommandLineViolation {
            return complain("\(violation); see replay \(type.name) --help", .usage)
        } catch let violation as SQLViolation {
            return complain("\(violation); see replay \(type.name) --help", .usage)
        } catch let failure as NotFound {
            return complain("\(failure)", .finding)
        } catch let failure as CommandFailure {
            return complain("\(failure)", .finding)
        } catch let failure as ProjectionsError {
            if case .isSomethingElse = failure { return complain("\(failure)", .usage) }
            return complain("\(failure)", .finding)
        } catch let closed as OutputClosed {
            // A reader that goes away early is no error; a full disk is.
            guard closed.code != EPIPE else { return .fine }
            let reason = String(cString: strerror(closed.code))
            return complain("cannot write the output: \(reason)", .finding)
        } catch {
            return complain("\(error)", .unreadable)
        }
    }

    private func print(_ text: String) -> ExitStatus {
        let page = Output(isJSON: false, descriptor: output, errors: errors)
        try? page.write(text)
        try? page.flush()
        return .fine
    }

    private func complain(_ text: String, _ status: ExitStatus) -> ExitStatus {
        let page = Output(isJSON: false, descriptor: errors, errors: errors)
        try? page.writeLine("replay: \(text)")
        try? page.flush()
        return status
    }
}
