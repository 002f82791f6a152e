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
            case .help: answer(usage)
            case .version: answer("\(program) \(version)\n")
            }
        } catch {
            refuse(error)
        }
    }

    /// Writes what was asked for on standard output and exits: with 1 when that cannot be written, else with 0,
    /// also for a reader that has seen enough.
    public func answer(_ text: String) -> Never {
        guard Self.write(text, to: STDOUT_FILENO) || errno == EPIPE else {
            fail("cannot write to standard output: \(String(cString: strerror(errno)))")
        }
        exit(0)
    }

    /// Says on standard error what is wrong with the command line and exits with 2.
    public func refuse(_ violation: CommandLineViolation) -> Never {
        fail("\(violation); see \(program) --help", status: Self.usageStatus)
    }

    /// Says something on standard error, and the program goes on.
    public func warn(_ remark: String) { Self.write("\(program): \(remark)\n", to: STDERR_FILENO) }

    /// Says on standard error why the program cannot go on, and exits.
    public func fail(_ reason: String, status: Int32 = 1) -> Never {
        Self.write("\(program): \(reason)\n", to: STDERR_FILENO)
        exit(status)
    }

    /// Written at once and past any buffer, since the process is about to end. False: not all of it, and `errno` says
    /// why.
    @discardableResult
    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
