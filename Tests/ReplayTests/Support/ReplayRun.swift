import Foundation
import Glibc

@testable import replay

/// The program's, not that of Testing.
typealias ReplayStatus = ExitStatus

/// One run of the program within this process, with what it wrote.
struct ReplayRun {
    let status: ExitStatus
    let output: String
    let errors: String

    init(_ arguments: String...) throws { try self.init(arguments) }

    init(_ arguments: [String]) throws {
        let folder = FileManager.default.temporaryDirectory
        let name = "replay-\(UUID().uuidString)"
        let paths = ["out", "err"].map { folder.appendingPathComponent("\(name).\($0)").path }
        let files = paths.map { open($0, O_RDWR | O_CREAT | O_TRUNC, 0o600) }
        defer {
            for file in files { close(file) }
            for path in paths { unlink(path) }
        }
        status = ReplayProgram(output: files[0], errors: files[1]).run(arguments)
        output = try String(contentsOfFile: paths[0], encoding: .utf8)
        errors = try String(contentsOfFile: paths[1], encoding: .utf8)
    }

    var lines: [Substring] { output.split(separator: "\n") }
}
