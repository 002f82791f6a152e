import Glibc

extension CommandLineSyntax {
    /// The exit status of a program that was called wrongly.
    public static let usageStatus: Int32 = 2

    /// Reads the arguments, by default this process's own. Answers `--help` and `--version` on
    /// standard output and exits with 0; a wrong command line on standard error with 2.
    public func parseOrExit(
        _ arguments: [String] = Array(CommandLine.arguments.dropFirst())
    ) -> ParsedCommandLine {
        do throws(CommandLineViolation) {
            switch try parse(arguments) {
            case .run(let parsed): return parsed
            case .help: Self.write(usage, to: STDOUT_FILENO)
            case .version: Self.write("\(program) \(version)\n", to: STDOUT_FILENO)
            }
        } catch {
            refuse(error)
        }
        exit(0)
    }

    /// Says on standard error what is wrong with the command line and exits with 2.
    public func refuse(_ violation: CommandLineViolation) -> Never {
        fail("\(violation); see \(program) --help", status: Self.usageStatus)
    }

    /// Says on standard error why the program cannot go on, and exits.
    public func fail(_ reason: String, status: Int32 = 1) -> Never {
        Self.write("\(program): \(reason)\n", to: STDERR_FILENO)
        exit(status)
    }

    /// Written at once and past any buffer, since the process is about to end.
    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
