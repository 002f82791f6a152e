import EventStore
import Glibc
import Threading

/// Says on a terminal how far long work has come, on a line that is written over and at last removed.
/// Nothing is said to files and pipes.
final class ProgressLine {
    private let descriptor: Int32
    private let isShown: Bool
    private let what: String
    private let end: Int64
    private let begin: Int64
    private var next: Int64
    private var isWritten = false

    /// Between two looks at the clock, events.
    private static let step: Int64 = 16_384
    /// Short work is not spoken of; and how often to speak, µs.
    private static let patience: Int64 = 500_000

    /// `what`: e.g. "verifying". `end`: the last position to read; only asked for when it is shown.
    init(_ what: String, descriptor: Int32, end: @autoclosure () throws -> Int64) {
        self.what = what
        self.descriptor = descriptor
        isShown = isatty(descriptor) == 1
        self.end = isShown ? (try? end()) ?? 0 : 0
        begin = Clock.monotonic()
        next = begin + Self.patience
    }

    /// The event at a position has been read.
    func note(_ position: Int64) {
        guard isShown, position % Self.step == 0 else { return }
        let now = Clock.monotonic()
        guard now >= next else { return }
        next = now + Self.patience
        let share = end > 0 ? " (\(Int(min(100, Double(position) / Double(end) * 100))) %)" : ""
        write("\r\(what): \(position) of \(end) events\(share)\u{1B}[K")
        isWritten = true
    }

    /// The work is over.
    func remove() {
        if isWritten { write("\r\u{1B}[K") }
        isWritten = false
    }

    /// Since the beginning, µs.
    var elapsed: Int64 { Clock.monotonic() - begin }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(descriptor, bytes, bytes.count)
    }
}
