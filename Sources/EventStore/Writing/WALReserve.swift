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
///
/// Nothing depends on it. Where it cannot do its work, for want of room above all, the writer makes the file
/// longer itself, or fails as it would have.
final class WALReserve: Sendable {
    /// What is made at once, bytes: what a commit may have to wait for.
    private static let pieceBytes = 1 << 20
    /// So many zeros. Memory that is read and never written to takes none.
    nonisolated(unsafe) private static let zeros = UnsafeRawPointer(calloc(1, pieceBytes))

    private struct State {
        /// First position of the active segment.
        var segment: Int64 = 0
        /// Its write-ahead file.
        var path = ""
        /// How much of that was in use when the writer said so last.
        var used = 0
        /// Size that it is to have; it is not asked for twice.
        var wanted = 0
        /// Whether the thread has to see to that.
        var isDue = false
        var isClosing = false
        var thread: Thread?
    }

    private enum Task {
        case lengthen(path: String, bytes: Int)
        case end
    }

    private let bounds: ClosedRange<Int>
    private let state = Monitor(State())

    /// - Parameter bounds: how many bytes are made ahead, at least and at most: between these, as many as are
    ///   in use already, so that a log with little to write takes little room.
    init(bounds: ClosedRange<Int>) { self.bounds = bounds }

    /// Begins to work on a thread of its own, if the system has one.
    func start() {
        let thread = try? Thread(named: "log reserve") { [self] in run() }
        state.withLock { $0.thread = thread }
    }

    /// So many bytes of the active segment's write-ahead file are in use, which grows to `limit` at most.
    /// Asks for more when less than half of what should be ahead is left. From any thread, at once.
    func note(_ segment: Segment, usedBytes: Int, limit: Int) {
        let isDue = state.withLock { state in
            if state.segment != segment.firstPosition {
                state.segment = segment.firstPosition
                state.path = segment.walPath
                state.wanted = 0
            }
            // Begun anew, perhaps as a new file, as after a failure.
            if usedBytes < state.used { state.wanted = 0 }
            state.used = usedBytes
            let ahead = min(max(usedBytes, bounds.lowerBound), bounds.upperBound)
            let wanted = min(usedBytes + ahead, limit)
            guard state.wanted < wanted, usedBytes + ahead / 2 > state.wanted else { return false }
            state.wanted = wanted
            state.isDue = true
            return true
        }
        if isDue { state.wakeAll() }
    }

    /// Lets the piece under way be the last, and returns when the thread has ended.
    func close() {
        let thread = state.update { state in
            state.isClosing = true
            return state.thread.take()
        }
        thread?.join()
    }

    private func run() {
        Thread.yieldToOthers()
        while case .lengthen(let path, let bytes) = nextTask() { lengthen(path, to: bytes) }
    }

    private func nextTask() -> Task {
        let task = state.wait { state -> Task? in
            if state.isClosing { return .end }
            guard state.isDue else { return nil }
            state.isDue = false
            return .lengthen(path: state.path, bytes: state.wanted)
        }
        return task ?? .end
    }

    /// Appends zeros until the file has that size, as long as it is the active segment's.
    func lengthen(_ path: String, to bytes: Int) {
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
        guard let zeros = Self.zeros else { return false }
        var rest = bytes
        while rest > 0 {
            let count = write(file, zeros, min(rest, Self.pieceBytes))
            guard count > 0 else { return false }
            rest -= count
        }
        return true
    }

    private func isActive(_ path: String) -> Bool {
        state.withLock { !$0.isClosing && $0.path == path }
    }
}
