import Glibc
import Threading

/// Makes the blocks of the active segment's write-ahead file before they are needed, by zeros behind its
/// end. A sync of bytes that lie in blocks which are there already costs about half of one that makes the
/// file longer, for then the file system has to sync its own journal as well
/// ([ADR 16](../../../docs/adr/0016-wal-reserve.md)).
///
/// SQLite takes a frame for one only with the right salt and checksum, so that zeros are the end of the
/// file to it. They are *appended* (`O_APPEND`), which the system does in one step with finding the end:
/// however fast the writer is, what it has written is not written over.
final class WALReserve: Sendable {
    /// What is made at once, bytes: what a commit may have to wait for.
    private static let pieceBytes = 1 << 20
    private static let zeros = [UInt8](repeating: 0, count: 64 << 10)

    private struct State {
        /// The active segment's write-ahead file.
        var path = ""
        /// Size that it is to have.
        var wanted = 0
        /// Whether the thread has to see to that.
        var isDue = false
        var isClosing = false
    }

    private let bounds: ClosedRange<Int>
    private let state = Monitor(State())

    /// - Parameter bounds: how many bytes are made ahead, at least and at most: between these, as many as are
    ///   in use already, so that a log with little to write takes little room.
    init(bounds: ClosedRange<Int>) { self.bounds = bounds }

    /// Begins to work. The thread is to be joined after ``close()``.
    func start() throws(StoreError) -> Thread {
        do throws(ThreadError) {
            return try Thread(named: "log reserve") { [self] in run() }
        } catch {
            throw .system("start a thread for", "the event log", error.code)
        }
    }

    /// So many bytes of the active segment's write-ahead file are in use, which grows to `limit` at most.
    /// Asks for more when less than half of what should be ahead is left. From any thread, at once.
    func note(_ segment: Segment, usedBytes: Int, limit: Int) {
        let isDue = state.withLock { state in
            let path = segment.walPath
            if state.path != path {
                state.path = path
                state.wanted = 0
            }
            let ahead = min(max(usedBytes, bounds.lowerBound), bounds.upperBound)
            let wanted = min(usedBytes + ahead, limit)
            guard state.wanted < wanted, usedBytes + ahead / 2 > state.wanted else { return false }
            state.wanted = wanted
            state.isDue = true
            return true
        }
        if isDue { state.wakeAll() }
    }

    /// Lets the piece under way be the last.
    func close() { state.update { $0.isClosing = true } }

    private func run() {
        Thread.yieldToOthers()
        while let (path, bytes) = nextTask() { lengthen(path, to: bytes) }
    }

    private func nextTask() -> (path: String, bytes: Int)? {
        state.wait { state -> (String, Int)?? in
            if state.isClosing { return .some(nil) }
            guard state.isDue else { return nil }
            state.isDue = false
            return (state.path, state.wanted)
        } ?? nil
    }

    /// Where it cannot, for want of room above all, nothing is lost: the writer makes the file longer itself,
    /// or fails as it would have.
    private func lengthen(_ path: String, to bytes: Int) {
        let file = open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return }
        defer { Glibc.close(file) }
        var status = stat()
        while isActive(path), fstat(file, &status) == 0, status.st_size < bytes {
            let piece = min(Self.pieceBytes, bytes - status.st_size)
            guard append(piece, to: file), fdatasync(file) == 0 else { return }
        }
    }

    private func append(_ bytes: Int, to file: Int32) -> Bool {
        var rest = bytes
        while rest > 0 {
            let count = write(file, Self.zeros, min(rest, Self.zeros.count))
            guard count > 0 else { return false }
            rest -= count
        }
        return true
    }

    private func isActive(_ path: String) -> Bool {
        state.withLock { !$0.isClosing && $0.path == path }
    }
}
