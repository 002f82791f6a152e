import CSQLite
import Events
import Synchronization
import Threading

/// Removes the sealed segments whose time has come.
final class RetentionRule: Sendable {
    private struct State {
        var open = OpenStreams()
        /// The segment of which operators were told that it is held back.
        var toldOf: Int64 = 0
    }

    private let bounds: LogRetention
    private let state = Mutex(State())

    init(_ bounds: LogRetention) { self.bounds = bounds }

    /// The streams that were open at the end of the newest segment that is over: what began before is
    /// still needed.
    func note(_ open: OpenStreams) { state.withLock { $0.open = open } }

    /// Removes what may go, the oldest first.
    func apply(in folder: LogFolder, _ notify: (LogNotice) -> Void) {
        guard bounds != LogRetention() else { return }
        do throws(StoreError) {
            let segments = try folder.segments()
            var total = segments.reduce(0) { $0 + $1.bytes }
            // The newest sealed segment stays: it knows which numbers connections have had.
            for (segment, next) in zip(segments, segments.dropFirst()) {
                guard try isSealed(next) else { return }
                let bytes = segment.bytes
                guard try remove(segment, total: total, notify) else { return }
                notify(.removed(first: segment.firstPosition, bytes: bytes))
                total -= bytes
            }
        } catch {
            notify(.problem("cannot remove what is too old: \(error.message)"))
        }
    }

    /// False: the segment stays, and with it all after it.
    private func remove(
        _ segment: Segment,
        total: Int64,
        _ notify: (LogNotice) -> Void
    ) throws(StoreError) -> Bool {
        let database = try open(segment)
        guard try database.isSealed else { return false }
        let lastAt = try database.integer("SELECT last_at FROM seal")
        let isTooOld = bounds.maxAge.map { lastAt < Clock.wall() &- $0 } ?? false
        let isTooMuch = bounds.maxBytes.map { total > $0 } ?? false
        guard isTooOld || isTooMuch else { return false }
        let last = try database.integer("SELECT last_position FROM seal")
        if let needed = neededBy(last) {
            if isNews(segment.firstPosition) {
                notify(.heldBack(first: segment.firstPosition, by: needed))
            }
            return false
        }
        guard segment.remove() else { throw .system("remove", segment.path) }
        return true
    }

    private func isSealed(_ segment: Segment) throws(StoreError) -> Bool {
        try open(segment).isSealed
    }

    private func open(_ segment: Segment) throws(StoreError) -> Database {
        let database = try Database(path: segment.path, flags: SQLITE_OPEN_READONLY)
        sqlite3_busy_timeout(database.connection, 1_000)
        return database
    }

    /// A connection that has events at or before a position and is still open.
    private func neededBy(_ position: Int64) -> Int64? {
        state.withLock { state in
            state.open.streams.filter { $0.value.firstPosition <= position }.keys.min()
        }
    }

    private func isNews(_ first: Int64) -> Bool {
        state.withLock { state in
            defer { state.toldOf = first }
            return state.toldOf != first
        }
    }
}
