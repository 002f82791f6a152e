import Events
import Synchronization
import Threading

@testable import EventStore

/// A log with small segments, and what it has said.
final class SegmentRig: Sendable {
    let folder: TemporaryFolder
    private let notices = Monitor<[LogNotice]>([])
    private let log = Mutex<EventLog?>(nil)

    init() throws { folder = try TemporaryFolder() }

    /// Opens the log; `segmentBytes` so small that a batch of some rows fills a segment.
    func open(
        segmentBytes: Int = 40_000,
        retention: LogRetention = LogRetention(),
        _ change: (inout LogOptions, inout WriterTuning) -> Void = { _, _ in }
    ) throws -> EventLog {
        var options = LogOptions(sync: .normal)
        options.segmentBytes = segmentBytes
        options.retention = retention
        // The events of the tests are of 2025.
        options.segmentAge = .max / 4
        var tuning = WriterTuning()
        tuning.sealRetryDelay = 2_000
        tuning.sealBacklog = 100
        change(&options, &tuning)
        return try EventLog.open(folder: folder.log, options, tuning: tuning) { [notices] notice in
            notices.update { $0.append(notice) }
        }
    }

    /// Waits until so many segments have been sealed since the rig was made. Gives their first
    /// positions.
    func waitForSeals(_ count: Int) -> [Int64] {
        func sealed(_ notices: [LogNotice]) -> [Int64] {
            notices.compactMap { if case .sealed(let first, _, _) = $0 { first } else { nil } }
        }
        return sealed(wait { sealed($0).count >= count })
    }

    /// Waits for a notice, at most a minute.
    func waitFor(_ isWanted: (LogNotice) -> Bool) -> Bool {
        wait { $0.contains(where: isWanted) }.contains(where: isWanted)
    }

    private func wait(until isWanted: ([LogNotice]) -> Bool) -> [LogNotice] {
        let deadline = Clock.monotonic() + 60_000_000
        let wanted = notices.wait(until: deadline) { isWanted($0) ? $0 : nil }
        return wanted ?? notices.withLock { $0 }
    }

    var segments: [Segment] {
        get throws { try LogFolder(path: folder.log).segments() }
    }
}

extension EventBatch {
    /// Events of one connection, by kinds.
    convenience init(_ connection: Int64, _ kinds: [EventKind], after ordinal: Int64 = 0) {
        let events = kinds.enumerated().map { index, kind in
            let header = EventHeader(
                kind,
                connection: connection,
                ordinal: ordinal + Int64(index) + 1,
                at: 1_763_800_000_000_000 + Int64(index)
            )
            return (header, "{}")
        }
        self.init(events)
    }
}
