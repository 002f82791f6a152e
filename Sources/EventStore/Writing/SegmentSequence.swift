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
    private var bound: Int

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
        try SegmentWriter(segment, sync: options.sync, tuning: tuning, isNew: false)
    }

    /// The writer of the next segment if the active one is over; nil: it goes on, also because the
    /// next one cannot be made now. The old writer is the sealer's from then on.
    func next(after old: SegmentWriter, tail: LogTail, open: OpenStreams) -> SegmentWriter? {
        let isFull = max(old.fileBytes, old.walBytes) >= bound
        guard isFull || Clock.monotonic() >= nextAge else { return nil }
        guard tail.position >= old.segment.firstPosition else {
            postpone()
            return nil
        }
        let segment = Segment(folder: folder.path, firstPosition: tail.position + 1)
        do throws(StoreError) {
            let writer = try make(segment)
            writer.tail = tail
            let record = SealRecord(tail: tail, nextConnection: numbers.next, open: open)
            sealer.seal(SealJob(old, record))
            begin(writer)
            return writer
        } catch {
            segment.remove()
            postpone()
            sealer.report("cannot begin a new segment: \(error.message)")
            return nil
        }
    }

    /// The active segment goes on for a while.
    private func postpone() {
        bound += options.segmentBytes / 8
        nextAge = max(nextAge, Clock.monotonic() &+ tuning.sealRetryDelay)
    }

    private func make(_ segment: Segment) throws(StoreError) -> SegmentWriter {
        let isPrepared = PreparedSegment(in: folder).adopt(as: segment)
        return try SegmentWriter(
            segment,
            sync: options.sync,
            tuning: tuning,
            isNew: !isPrepared
        )
    }
}
