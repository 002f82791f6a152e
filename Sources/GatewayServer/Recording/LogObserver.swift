import EventStore
import IOLoop

/// Brings the log's word to a loop, whatever thread it comes from.
final class LogObserver: CommitObserver {
    enum Word: Sendable {
        case committed(EventBatch)
        case failed(EventBatch, StoreError)
        case interrupted(StoreError)
        case resumed
    }

    private let mailbox: Mailbox<Word>

    init() throws(IOError) { mailbox = try Mailbox() }

    /// Lets `receive` have each word on the loop's thread.
    func open(on loop: EventLoop, _ receive: @escaping (Word) -> Void) {
        mailbox.open(on: loop, receive)
    }

    func committed(_ batch: EventBatch) { mailbox.post(.committed(batch)) }
    func failed(_ batch: EventBatch, error: StoreError) { mailbox.post(.failed(batch, error)) }
    func interrupted(_ error: StoreError) { mailbox.post(.interrupted(error)) }
    func resumed() { mailbox.post(.resumed) }
}
