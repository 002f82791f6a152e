import EventStore
import Events
import Glibc
import Synchronization

/// Writes rows into a log folder through the real writer, which gives them their positions.
enum LogRecording {
    static func write(_ rows: [RecordedEvent], to folder: String) throws {
        let log = try EventLog.open(folder: folder, LogOptions(sync: .full))
        let observer = CountingObserver()
        for row in rows {
            let batch = EventBatch()
            batch.append(row.header, body: row.body.span)
            log.submit(batch, for: observer)
        }
        log.close()
        guard observer.committed == rows.count else {
            throw StoreRefusal(committed: observer.committed)
        }
    }

    /// Calls the body with a new folder, and removes it afterwards.
    static func withFolder(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/postmortem-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw StoreRefusal(committed: 0) }
        let folder = template.withUnsafeBufferPointer { characters in
            characters.baseAddress.map { String(cString: $0) } ?? ""
        }
        defer { remove(folder) }
        try body(folder)
    }

    private static func remove(_ folder: String) {
        guard let directory = opendir(folder) else { return }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            unlink("\(folder)/\(name)")
        }
        closedir(directory)
        rmdir(folder)
    }
}

/// The log did not take all rows.
struct StoreRefusal: Error {
    var committed: Int
}

/// Counts what has been committed.
private final class CountingObserver: CommitObserver {
    private let count = Mutex(0)

    var committed: Int { count.withLock { $0 } }

    func committed(_ batch: EventBatch) { count.withLock { $0 += batch.count } }
    func failed(_ batch: EventBatch, error: StoreError) {}
    func interrupted(_ error: StoreError) {}
    func resumed() {}
}
