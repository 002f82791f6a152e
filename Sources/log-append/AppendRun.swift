import EventStore
import Events
import Glibc
import Synchronization

/// Appends events to a log as fast as it takes them, and counts what that costs.
///
/// It does as a loop of the gateway: commits a batch on its own thread when the log lets it; while
/// the log's thread has one, it fills the next and hands it over too. The events are chunks of 512
/// connections, interleaved, with bodies of one length.
final class AppendRun: CommitObserver {
    /// What was done, and what it took.
    struct Result {
        var events: Int
        /// Wall time.
        var seconds: Double
        /// User and system time of the whole process.
        var cpuSeconds: Double
    }

    private static let connections = 512

    private let batches = [EventBatch(), EventBatch()]
    private let failure = Mutex<StoreError?>(nil)
    /// Counts the answers of the log's thread. A POSIX semaphore may be used from any thread.
    private nonisolated(unsafe) let answers: UnsafeMutablePointer<sem_t>

    init() {
        answers = .allocate(capacity: 1)
        sem_init(answers, 0, 0)
    }

    deinit {
        sem_destroy(answers)
        answers.deallocate()
    }

    /// Appends `count` events, `batchEvents` in each batch, each with a body of `bodyBytes` bytes.
    /// Returns when all are committed; throws what the log says when it takes one no more.
    func append(
        _ count: Int,
        batchEvents: Int,
        bodyBytes: Int,
        to log: EventLog
    ) throws(StoreError) -> Result {
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: bodyBytes)
        let connections = (0..<Self.connections).map { _ in log.makeConnectionNumber() }
        let start = Self.seconds(CLOCK_MONOTONIC)
        let cpuStart = Self.seconds(CLOCK_PROCESS_CPUTIME_ID)
        var appended = 0
        var filled = 0
        var underWay = 0
        while appended < count {
            let batch = batches[filled]
            batch.removeAll()
            let end = min(count, appended + batchEvents)
            for event in appended..<end {
                let header = EventHeader(
                    .chunkReceived,
                    connection: connections[event % Self.connections],
                    ordinal: Int64(event / Self.connections + 1),
                    at: 1_700_000_000_000_000 + Int64(event)
                )
                batch.append(header, body: body.span)
            }
            appended = end
            // The order of batches is that of the calls only if nothing is under way at a commit.
            if underWay == 0, log.commit(batch, for: self) { continue }
            if underWay > 0 { log.submit(batch, for: self) }
            underWay += 1
            filled = 1 - filled
            underWay -= try takeAnswers(waiting: underWay == batches.count)
        }
        while underWay > 0 { underWay -= try takeAnswers(waiting: true) }
        return Result(
            events: count,
            seconds: Self.seconds(CLOCK_MONOTONIC) - start,
            cpuSeconds: Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - cpuStart
        )
    }

    /// Takes one answer of the log's thread, if there is one or it is to be waited for; how many.
    private func takeAnswers(waiting: Bool) throws(StoreError) -> Int {
        if waiting {
            while sem_wait(answers) != 0 {}
        } else if sem_trywait(answers) != 0 {
            return 0
        }
        if let error = failure.withLock({ $0 }) { throw error }
        return 1
    }

    func committed(_ batch: EventBatch) { sem_post(answers) }

    func failed(_ batch: EventBatch, error: StoreError) {
        failure.withLock { $0 = error }
        sem_post(answers)
    }

    func interrupted(_ error: StoreError) {}

    func resumed() {}

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
