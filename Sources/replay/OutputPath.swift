import Glibc
import Postmortem

/// Where a command is asked to write.
enum OutputPath {
    /// Makes sure that a path is not within a log: but for a file named `exception`, nothing is ever
    /// written there.
    static func check(
        _ path: String,
        outside log: String,
        but exception: String? = nil
    ) throws(CommandFailure) {
        let end = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let folder = end == path.startIndex ? "." : String(path[..<end])
        let isWithin = isSame(folder, log) && path[end...] != exception ?? ""
        guard isWithin || isSame(path, log) else { return }
        throw CommandFailure(
            "\(TerminalText.make(path)) is within the log, which is never changed"
        )
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        var (first, second) = (stat(), stat())
        return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_ino == second.st_ino
            && first.st_dev == second.st_dev
    }
}
