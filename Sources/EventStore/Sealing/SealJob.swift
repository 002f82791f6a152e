/// A segment that is over. Its connection goes with it from thread to thread.
final class SealJob: @unchecked Sendable {
    let segment: Segment
    let record: SealRecord
    /// Its connection; let go when it is sealed. Nil for a segment that is sealed, but was not made
    /// read-only.
    var writer: SegmentWriter?

    /// A sealed segment that is to be finished.
    init(finishing segment: Segment, _ record: SealRecord) {
        self.segment = segment
        self.record = record
    }

    /// A segment that nothing more will be written to.
    init(_ writer: SegmentWriter, _ record: SealRecord) {
        segment = writer.segment
        self.record = record
        self.writer = writer
    }
}
