/// A segment that is over. Its connection goes with it from thread to thread.
final class SealJob: @unchecked Sendable {
    let segment: Segment
    let record: SealRecord
    /// Its connection, until it is sealed; nil: it is opened for that.
    private(set) var writer: SegmentWriter?
    /// How often sealing has failed, contention with readers aside.
    var failures = 0

    /// Whether to do without temporary files, for which there may be no place. That takes some 50 bytes an
    /// event.
    var sortsInMemory: Bool { failures > 0 && segment.bytes < 512 << 20 }

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

    /// The segment is sealed.
    func finish() { writer = nil }

    /// Lets the connection go before the segment is sealed. Its write-ahead log stays as it is.
    func letGo() {
        writer?.database.keepWALOnClose()
        writer = nil
    }
}
