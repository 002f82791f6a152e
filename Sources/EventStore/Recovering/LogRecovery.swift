import CSQLite
import Events
import Threading

/// Finds, when a log is opened, where it goes on, and finishes what its last run left open.
struct LogRecovery {
    /// What was found, and done.
    let recovery: Recovery
    /// The segment that is written from now on.
    let active: SegmentWriter
    /// Segments that are over and were never sealed to the end, in order.
    let unsealed: [SealJob]

    init(
        of folder: LogFolder,
        options: LogOptions,
        tuning: WriterTuning
    ) throws(StoreError) {
        let found = try Self.found(in: folder, patience: tuning.lockPatience)
        var scan = RecoveryScan(after: found.base)
        var jobs = found.unfinished
        var last: SegmentWriter?
        for segment in found.unsealed {
            if let last { jobs.append(SealJob(last, scan.record)) }
            let writer = try SegmentWriter(
                segment,
                sync: options.sync,
                tuning: tuning
            )
            try writer.read(into: &scan)
            last = writer
        }
        let active: SegmentWriter
        if let last {
            active = last
        } else {
            let next = Segment(folder: folder.path, firstPosition: found.base.tail.position + 1)
            try next.make(in: folder, tuning: tuning)
            active = try SegmentWriter(next, sync: options.sync, tuning: tuning)
        }
        try active.finish(&scan)
        self.active = active
        unsealed = jobs
        recovery = scan.recovery
    }

    /// What a folder holds.
    private struct Found {
        /// The log up to its last sealed segment.
        var base: SealRecord
        /// The segments after that. Only these need be read.
        var unsealed: [Segment] = []
        /// Sealed segments that were not made read-only.
        var unfinished: [SealJob] = []
    }

    private static func found(
        in folder: LogFolder,
        patience: Int32
    ) throws(StoreError) -> Found {
        var segments = try folder.segments()
        var found = Found(base: SealRecord(beforePosition: segments.first?.firstPosition ?? 1))
        while let last = segments.last {
            guard let record = try sealRecord(of: last, patience: patience) else {
                found.unsealed.insert(last, at: 0)
                segments.removeLast()
                continue
            }
            found.base = record
            break
        }
        while let last = segments.popLast(), !last.isReadOnly {
            guard let record = try sealRecord(of: last, patience: patience) else { break }
            found.unfinished.insert(SealJob(finishing: last, record), at: 0)
        }
        return found
    }

    /// Opened for writing, since a kill can leave a change of the journal mode to be rolled back.
    private static func sealRecord(
        of segment: Segment,
        patience: Int32
    ) throws(StoreError) -> SealRecord? {
        let database = try Database(
            path: segment.path,
            flags: SQLITE_OPEN_READWRITE,
            patience: patience
        )
        // Whoever opens it next reads the write-ahead log anyway.
        database.keepWALOnClose()
        guard try database.isSealed else { return nil }
        return try database.sealRecord()
    }
}

extension SegmentWriter {
    /// Reads all of the segment's events.
    fileprivate func read(into scan: inout RecoveryScan) throws(StoreError) {
        scan.begin(segmentFrom: segment.firstPosition)
        try forEachRow(after: .min) { row in
            let header = row.header
            let sum = row.withBody { header.checksum(over: $0) }
            scan.take(position: row.position, header: header, isIntact: sum == row.checksum)
        }
    }

    /// Appends the events that finish what the last run left open.
    fileprivate func finish(_ scan: inout RecoveryScan) throws(StoreError) {
        // Positions count from 1: one near the end of the numbers is damage, and nothing could follow.
        guard scan.tail.position < .max / 2 else {
            let position = scan.tail.position
            throw StoreError(.damaged, "\(segment.path) holds the impossible position \(position)")
        }
        tail = scan.tail
        let batch = EventBatch()
        scan.finish(in: batch, at: Clock.wall())
        if !batch.isEmpty { try append(CollectionOfOne(batch)) }
    }
}
