import Events
import Synchronization

/// The log of a folder, open for writing. A folder has one at a time.
///
/// One thread of its own writes: it takes everything that has been submitted, commits it in one
/// transaction, and tells each batch's observer. Nothing waits for company: a single event is
/// committed at once, and while a commit is under way the next one gathers.
public final class EventLog: Sendable {
    /// What was found, and done, when the log was opened.
    public let recovered: Recovery

    private let queue = SubmissionQueue()
    private let status = LogStatus()
    private let nextConnection: Atomic<Int64>

    /// Opens the log of a folder: makes the folder (0700) and the first segment (0600) if they are
    /// not there, takes the folder's lock, and finishes in the log what the last run left open.
    ///
    /// Throws ``StoreError``: the folder is in use or cannot be used, or the newest segment is not
    /// one or cannot be read to its end.
    public static func open(folder: String, sync: LogSync) throws(StoreError) -> EventLog {
        try open(folder: folder, sync: sync, tuning: WriterTuning())
    }

    static func open(
        folder: String,
        sync: LogSync,
        tuning: WriterTuning
    ) throws(StoreError) -> EventLog {
        let place = LogFolder(path: folder)
        try place.create()
        let lock = try FolderLock(folder: folder)
        let last = try place.segments().last
        let writer = try SegmentWriter(
            last ?? Segment(folder: folder, firstPosition: 1),
            sync: sync,
            tuning: tuning,
            isNew: last == nil
        )
        let recovered = try writer.recover()
        let log = EventLog(recovered)
        try WriterThread.start(
            LogWriter(
                writer,
                queue: log.queue,
                status: log.status,
                sync: sync,
                tuning: tuning,
                lock: lock
            )
        )
        return log
    }

    private init(_ recovered: Recovery) {
        self.recovered = recovered
        nextConnection = Atomic(recovered.nextConnection)
    }

    deinit { close() }

    /// A number for a new connection: greater than any in the log, never given twice. From any
    /// thread.
    public func makeConnectionNumber() -> Int64 {
        nextConnection.wrappingAdd(1, ordering: .relaxed).oldValue
    }

    /// Hands a batch to the writer; from any thread, never waits for the disk. Batches of one
    /// caller are appended in the order of its calls. The batch is the log's until the observer
    /// gets it back; the log keeps the observer until it is closed.
    public func submit(_ batch: EventBatch, for observer: any CommitObserver) {
        if queue.add(Submission(batch: batch, observer: observer)) { return }
        observer.failed(batch, error: StoreError(.closed, "the event log has been closed"))
    }

    /// Submits one event of the gateway itself (stream 0), which gets its ordinal from the log.
    /// `at`: wall time in µs since 1970.
    public func appendToGatewayStream(
        _ kind: EventKind,
        detail: Int64 = 0,
        body: Span<UInt8>,
        at: Int64,
        for observer: any CommitObserver
    ) {
        let batch = EventBatch()
        let header = EventHeader(kind, connection: 0, ordinal: 0, at: at, detail: detail)
        batch.append(header, body: body)
        submit(batch, for: observer)
    }

    /// Whether the log takes events. From any thread.
    public var health: LogHealth { status.health }

    /// Commits what has been submitted, empties SQLite's write-ahead log into the file, and lets go
    /// of the folder. Returns when that is done; batches submitted later fail. May be called again.
    /// Never call it from an observer: it waits for the thread that calls observers.
    public func close() { queue.closeAndWait() }
}
