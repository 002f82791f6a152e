import EventStore
import Events
import Foundation

/// A log that is written while it is read.
final class GrowingLog {
    let folder: String
    private var log: EventLog?
    private var ordinal: Int64 = 0

    init() throws {
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("replay-growing-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    }

    deinit {
        log?.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Appends a chunk with this text, and as many bytes more; it is committed then.
    func append(_ text: String, padding: Int = 0) throws {
        var options = LogOptions(sync: .normal)
        options.segmentBytes = 1 << 20
        let log = try log ?? EventLog.open(folder: folder, options)
        self.log = log
        ordinal += 1
        let header = EventHeader(.chunkReceived, connection: 1, ordinal: ordinal, at: ordinal)
        let batch = EventBatch()
        let body = Array("data: \(text)\(String(repeating: " ", count: padding))\n\n".utf8)
        batch.append(header, body: body.span)
        let observer = WaitingObserver()
        log.submit(batch, for: observer)
        observer.answered.wait()
    }

    /// Ends the writing.
    func close() {
        log?.close()
        log = nil
    }

    var segments: [String] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder)
        return files?.filter { $0.hasPrefix("events-") && $0.hasSuffix(".db") }.sorted() ?? []
    }
}

private final class WaitingObserver: CommitObserver {
    let answered = DispatchSemaphore(value: 0)

    func committed(_ batch: EventBatch) { answered.signal() }
    func failed(_ batch: EventBatch, error: StoreError) { answered.signal() }
    func interrupted(_ error: StoreError) {}
    func resumed() {}
}
