import EventStore
import Events
import Glibc

/// Reads a log to its end and goes on with what is written after that, until SIGINT or SIGTERM comes or
/// nobody reads the output any more.
///
/// A new event is given within 200 ms. The log may roll meanwhile, segments may be sealed or removed,
/// and it may not have an event yet. What is written to the output is flushed after each batch of events.
final class LogFollower {
    private let log: LogReader
    private let output: Output
    private let signals = StopSignals()
    /// Position through which everything has been given.
    private var readThrough: Int64
    /// Where signals were looked for last.
    private var looked: Int64 = 0

    /// Between two looks for new events, ms.
    private static let pause: Int32 = 100
    /// How often in a row a log that cannot be read for a passing reason is tried again.
    private static let attempts = 50
    /// Between two looks for a signal while there are events, events.
    private static let step: Int64 = 4_096

    /// Begins at a position.
    init(_ log: LogReader, from first: Int64 = 1, output: Output) {
        self.log = log
        self.output = output
        readThrough = first &- 1
    }

    /// Gives the events of a selection in the order of their positions.
    ///
    /// - Parameters:
    ///   - connection: only those of this connection; nil: all.
    ///   - kinds: only those of these kinds; nil: all.
    ///   - afterBatch: called when all events there are have been given, before the output is flushed;
    ///     first for the events that were there at the beginning, be they none.
    ///   - visit: as for ``LogReader``; returning false ends it all.
    /// - Throws: what the closures throw; ``OutputClosed``; why the log cannot be read.
    func forEach(
        connection: Int64? = nil,
        kinds: Set<EventKind>? = nil,
        afterBatch: () throws -> Void = {},
        _ visit: EventVisitor
    ) throws {
        var failures = 0
        var isFirst = true
        while !signals.haveCome {
            let begin = readThrough
            do {
                guard try readBatch(connection, kinds, visit) else { break }
                failures = 0
            } catch let failure as StoreError {
                guard failure.isPassing, failures < Self.attempts else { throw failure }
                failures += 1
            }
            if readThrough > begin || isFirst && failures == 0 {
                isFirst = false
                try afterBatch()
                try output.flush()
            }
            try Self.wait(for: output)
        }
        try output.flush()
    }

    /// Gives what there is now. False: the visitor wants no more, or a signal has come.
    private func readBatch(
        _ connection: Int64?,
        _ kinds: Set<EventKind>?,
        _ visit: EventVisitor
    ) throws -> Bool {
        let end = try log.lastPosition()
        guard end >= readThrough else { throw LogReplaced(last: end, read: readThrough) }
        guard end > readThrough else { return true }
        var goesOn = true
        try log.forEach(connection: connection, kinds: kinds, from: readThrough + 1, through: end) {
            position,
            header,
            checksum,
            body in
            readThrough = max(readThrough, position)
            goesOn = try visit(position, header, checksum, body)
            if goesOn, isStopped(at: position) { goesOn = false }
            return goesOn
        }
        if goesOn { readThrough = end }
        return goesOn
    }

    /// Looks for a signal, but not for each event.
    private func isStopped(at position: Int64) -> Bool {
        guard position &- looked >= Self.step else { return false }
        looked = position
        return signals.haveCome
    }

    /// The log of a folder, as soon as it has a segment; nil: a signal came before that.
    static func waitForLog(folder: String, output: Output) throws -> LogReader? {
        let signals = StopSignals()
        repeat {
            do throws(StoreError) {
                return try LogReader(folder: folder)
            } catch {
                guard error.kind == .noLog else { throw error }
            }
            try wait(for: output)
        } while !signals.haveCome
        return nil
    }

    /// Pauses. Throws ``OutputClosed`` when the reader of the output has gone: there may never be
    /// anything to write that would tell.
    private static func wait(for output: Output) throws(OutputClosed) {
        var state = pollfd(fd: output.descriptor, events: 0, revents: 0)
        if poll(&state, 1, pause) > 0,
            Int32(state.revents) & (POLLERR | POLLHUP | POLLNVAL) != 0
        {
            throw OutputClosed()
        }
    }
}
