import Foundation
import Glibc
import Synchronization
import Testing

@testable import replay

/// A run of the program on a thread of its own, whose lines can be waited for.
final class BackgroundReplay: Sendable {
    private let input: Int32
    private let errorsPath: String
    private let done = DispatchSemaphore(value: 0)
    private let status = Mutex<replay.ExitStatus?>(nil)

    init(_ arguments: String...) throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let output = ends[1]
        input = ends[0]
        errorsPath =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("replay-\(UUID().uuidString).err").path
        let errors = open(errorsPath, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        Thread.detachNewThread { [self] in
            let status = ReplayProgram(output: output, errors: errors).run(arguments)
            self.status.withLock { $0 = status }
            close(output)
            close(errors)
            done.signal()
        }
    }

    deinit {
        close(input)
        unlink(errorsPath)
    }

    /// Waits for the next line; empty at the end of the output.
    func line() -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(input, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Waits for the end.
    func end() -> (status: replay.ExitStatus?, errors: String) {
        done.wait()
        let errors = (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? ""
        return (status.withLock { $0 }, errors)
    }
}
