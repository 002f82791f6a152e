import AgentSimulator
import Glibc

/// Reads an ``AnswerScript`` from a file.
enum ScriptFile {
    /// Throws ``ScriptError``.
    static func read(_ path: String) throws(ScriptError) -> AnswerScript {
        guard let file = fopen(path, "r") else {
            throw ScriptError(path: path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes += buffer[..<count]
        }
        guard ferror(file) == 0 else { throw ScriptError(path: path, reason: "cannot be read") }
        do throws(FailureViolation) {
            return try AnswerScript(parsing: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw ScriptError(path: path, reason: error.description)
        }
    }
}

/// Why a script file cannot be used.
struct ScriptError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String { "\(path): \(reason)" }
}
