import Events
import Threading

/// When a segment is over, and which comes next. Belongs to the ``LogWriter``.
final class SegmentSequence {
    /// Age at which the active segment is over, a time of `Clock.monotonic()`.
    private(set) var nextAge = Int64.max

    private let folder: LogFolder
    private let options: LogOptions
    private let tuning: WriterTuning
    private let numbers: ConnectionNumbers
    private let sealer: Sealer
    /// Size at which the active segment is over.
    private(set) var bound: Int

    init(
        folder: LogFolder,
        options: LogOptions,
        tuning: WriterTuning,
        numbers: ConnectionNumbers,
        sealer: Sealer
    ) {
        self.folder = folder
        self.options = options
        self.tuning = tuning
        self.numbers = numbers
        self.sealer = sealer
        bound = options.segmentBytes
    }

    /// A segment is active from now on; one that has events already has its age by them.
    func begin(_ writer: SegmentWriter) {
        bound = options.segmentBytes
        let age = (try? writer.firstEventTime()).map { max(0, Clock.wall() &- $0) } ?? 0
        nextAge = Clock.monotonic() &+ max(0, options.segmentAge &- age)
    }

    /// A connection to a segment that exists.
    func open(_ segment: Segment) throws(StoreError) -> SegmentWriter {
        try SegmentWriter(segment, sync: options.sync, tuning: tuning)
    }

    /// Whether the active segment is over.
    func isOver(_ active: SegmentWriter) -> Bool {
        max(active.fileBytes, active.walBytes) >= bound || Clock.monotonic() >= nextAge
    }

    /// The writer of the next segment; nil: the active one, which is over, goes on, because it is empty
    /// or the next one cannot be made now. The old writer is the sealer's from then on.
    func next(after old: SegmentWriter, tail: LogTail, open: OpenStreams) -> SegmentWriter? {
        guard tail.position >= old.segment.firstPosition else {
            nextAge = Clock.monotonic() &+ options.segmentAge
            return nil
        }
        let segment = Segment(folder: folder.path, firstPosition: tail.position + 1)
        do throws(StoreError) {
            try segment.make(in: folder, tuning: tuning)
            let writer = try self.open(segment)
            if options.sync == .normal { try writer.leaveFirstCommitUnsynced() }
            writer.tail = tail
            let record = SealRecord(tail: tail, nextConnection: numbers.next, open: open)
            sealer.seal(SealJob(old, record))
            begin(writer)
            return writer
        } catch {
            segment.remove()
            bound = max(old.fileBytes, old.walBytes) + options.segmentBytes / 8
            nextAge = Clock.monotonic() &+ tuning.sealRetryDelay
            sealer.report("cannot begin a new segment: \(error.message)")
            return nil
        }
    }
}
