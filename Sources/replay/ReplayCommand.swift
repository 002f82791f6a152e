import CommandLineOptions
import EventStore

/// One of the program's commands.
protocol ReplayCommand: Sendable {
    /// Its name on the command line.
    static var name: String { get }
    /// What it takes.
    static var syntax: CommandLineSyntax { get }
    /// The end of its help: what it prints, and examples.
    static var notes: String { get }

    /// Reads what the command line says beyond the options that all commands have.
    init(_ arguments: ParsedCommandLine) throws(CommandLineViolation)

    /// Whether it waits for a log folder to get its first segment, as a command does that follows the log.
    var waitsForLog: Bool { get }

    /// Does its work.
    func run(_ log: LogReader, _ output: Output) throws -> ExitStatus
}

extension ReplayCommand {
    var waitsForLog: Bool { false }
}
