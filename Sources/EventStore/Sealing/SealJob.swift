/// A segment that is over. Its connection goes with it from thread to thread.
final class SealJob: @unchecked Sendable {
    let segment: Segment
    let record: SealRecord
    /// Its connection; let go when it is sealed.
    var writer: SegmentWriter?

    init(_ writer: SegmentWriter, _ record: SealRecord) {
        segment = writer.segment
        self.record = record
        self.writer = writer
    }
}
