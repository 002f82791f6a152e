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
    private let patience: Int32
    private let state = Mutex(State())

    init(_ bounds: LogRetention, tuning: WriterTuning) {
        self.bounds = bounds
        patience = tuning.lockPatience
    }

    /// The streams that were open at the end of the newest segment that is over: what began before is
    /// still needed.
    func note(_ open: OpenStreams) { state.withLock { $0.open = open } }

    /// Removes what may go, the oldest first.
    func apply(in folder: LogFolder, _ notify: (LogNotice) -> Void) {
        guard bounds != LogRetention() else { return }
        do throws(StoreError) {
            let segments = try folder.segments()
            guard let oldest = segments.first else { return }
            var total = segments.reduce(0) { $0 + $1.bytes }
            var candidate = try sealEnd(of: oldest)
            // The newest sealed segment stays: it knows which numbers connections have had.
            for (segment, next) in zip(segments, segments.dropFirst()) {
                guard let end = candidate, let following = try sealEnd(of: next) else { return }
                guard mayGo(segment, end, total: total, notify) else { return }
                let bytes = segment.bytes
                guard segment.remove() else { throw .system("remove", segment.path) }
                notify(.removed(first: segment.firstPosition, bytes: bytes))
                total -= bytes
                candidate = following
            }
        } catch {
            notify(.problem("cannot remove what is too old: \(error.message)"))
        }
    }

    /// The last event of a sealed segment.
    private struct SealEnd {
        var position: Int64
        var at: Int64
    }

    /// Nil: the segment is not sealed.
    private func sealEnd(of segment: Segment) throws(StoreError) -> SealEnd? {
        let database = try Database(
            path: segment.path,
            flags: SQLITE_OPEN_READONLY,
            patience: patience
        )
        guard try database.isSealed else { return nil }
        return SealEnd(
            position: try database.integer("SELECT last_position FROM seal"),
            at: try database.integer("SELECT last_at FROM seal")
        )
    }

    /// False: the segment stays, and with it all after it.
    private func mayGo(
        _ segment: Segment,
        _ end: SealEnd,
        total: Int64,
        _ notify: (LogNotice) -> Void
    ) -> Bool {
        let isTooOld = bounds.maxAge.map { end.at < Clock.wall() &- $0 } ?? false
        let isTooMuch = bounds.maxBytes.map { total > $0 } ?? false
        guard isTooOld || isTooMuch else { return false }
        guard let needed = neededBy(end.position) else { return true }
        if isNews(segment.firstPosition) {
            notify(.heldBack(first: segment.firstPosition, by: needed))
        }
        return false
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
