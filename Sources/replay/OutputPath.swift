import Glibc
import Postmortem

/// Where a command is asked to write.
enum OutputPath {
    /// In the folder of every gateway; a segment of it that is read as a log has it at its side.
    private static let lock = "gateway.lock"

    /// Makes sure that a path is not within a log, this or another: but for a file named `exception`,
    /// nothing is ever written there.
    static func check(
        _ path: String,
        outside log: String,
        but exception: String? = nil
    ) throws(CommandFailure) {
        let end = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let folder = end == path.startIndex ? "." : String(path[..<end])
        let isLog = isSame(folder, log) || access("\(folder)/\(lock)", F_OK) == 0
        let isWithin = isLog && path[end...] != exception ?? ""
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
