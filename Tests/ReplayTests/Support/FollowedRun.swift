import Foundation
import Glibc
import Testing

@testable import replay

/// A run of the program on a thread of its own, whose output, errors included, is read while it goes on.
final class FollowedRun: @unchecked Sendable {
    private let ends: (read: Int32, write: Int32)
    private let finished = DispatchSemaphore(value: 0)
    private let begun = DispatchSemaphore(value: 0)
    private var thread = pthread_t()
    private var status: ReplayStatus?
    private var pending: [UInt8] = []

    /// A test that waits longer than this has failed, ms.
    private static let patience: Int32 = 20_000

    /// `interruption`: a signal that has come before it begins.
    init(_ arguments: [String], interruption: Int32? = nil) throws {
        signal(SIGPIPE, SIG_IGN)
        var pair: [Int32] = [0, 0]
        try #require(pipe(&pair) == 0)
        ends = (pair[0], pair[1])
        Thread.detachNewThread { [self] in
            // Held back from the beginning, so that no signal ends the tests.
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGTERM)
            sigaddset(&signals, SIGINT)
            pthread_sigmask(SIG_BLOCK, &signals, nil)
            if let interruption { pthread_kill(pthread_self(), interruption) }
            thread = pthread_self()
            begun.signal()
            status = ReplayProgram(output: ends.write, errors: ends.write).run(arguments)
            finished.signal()
        }
        begun.wait()
    }

    deinit {
        close(ends.read)
        close(ends.write)
    }

    /// The next line.
    func line() throws -> String {
        while true {
            if let end = pending.firstIndex(of: 0x0A) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeFirst(end + 1)
                return line
            }
            var state = pollfd(fd: ends.read, events: Int16(POLLIN), revents: 0)
            try #require(poll(&state, 1, Self.patience) > 0, "no line came")
            var bytes = [UInt8](repeating: 0, count: 4_096)
            let count = read(ends.read, &bytes, bytes.count)
            try #require(count > 0)
            pending += bytes.prefix(count)
        }
    }

    /// The lines that have come and that nobody has read.
    func rest() -> [String] {
        while true {
            var state = pollfd(fd: ends.read, events: Int16(POLLIN), revents: 0)
            guard poll(&state, 1, 0) > 0 else { break }
            var bytes = [UInt8](repeating: 0, count: 4_096)
            let count = read(ends.read, &bytes, bytes.count)
            guard count > 0 else { break }
            pending += bytes.prefix(count)
        }
        defer { pending = [] }
        return pending.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Ends it as a user does.
    func stop(_ signal: Int32 = SIGINT) throws -> ReplayStatus {
        pthread_kill(thread, signal)
        return try end()
    }

    /// Closes the end that reads, as `| head` does.
    func leave() throws -> ReplayStatus {
        // The descriptor stays taken, so that no other test gets its number.
        let nothing = open("/dev/null", O_RDONLY)
        dup2(nothing, ends.read)
        close(nothing)
        return try end()
    }

    /// Waits for its end.
    func end() throws -> ReplayStatus {
        let limit = DispatchTime.now() + .milliseconds(Int(Self.patience))
        let outcome = finished.wait(timeout: limit)
        try #require(outcome == .success, "it did not end")
        return try #require(status)
    }
}
