import CommandLineOptions
import Glibc

/// The options that all commands have, and the argument that most have.
enum SharedOption {
    static let log = CommandLineOption.value(
        "log",
        "PATH",
        "log folder or bundle (default: $GATEWAY__LOG_DIR, else ./gateway-log)"
    )
    static let json = CommandLineOption.flag("json", "print NDJSON: one JSON object a line")

    static let all = [log, json]

    /// Which connections.
    static let id = CommandLinePositional(
        "ID",
        "a connection's number, or a temporary or session id: its whole dialogue"
    )

    /// The folder that the command line or the environment names.
    static func folder(_ arguments: ParsedCommandLine) throws(CommandLineViolation) -> String {
        if let folder = arguments.value(of: log) {
            guard !folder.isEmpty else {
                throw .invalidValue(option: log.name, value: "", expected: "a folder or a bundle")
            }
            return folder
        }
        if let folder = getenv("GATEWAY__LOG_DIR"), folder.pointee != 0 {
            return String(cString: folder)
        }
        return "./gateway-log"
    }
}
