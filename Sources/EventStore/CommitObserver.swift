/// Who is told what became of a batch. Called on the log's writer thread, or on that of a loop whose
/// commit fails or comes after ``EventLog/close()``; nothing may wait there: an implementation only
/// posts to its loop's mailbox.
public protocol CommitObserver: AnyObject, Sendable {
    /// The events are in the log: what they cause may leave the process. Gives the batch back.
    func committed(_ batch: EventBatch)
    /// The events are not in the log, and nothing they cause may happen. Gives the batch back.
    /// A batch that was already on its way then may still be committed, when the log can be written
    /// again in time: its connections have lost events and cannot go on all the same.
    func failed(_ batch: EventBatch, error: StoreError)
    /// The log cannot be written from now on. Every observer hears it that has ever submitted a batch, before
    /// one of its own fails: its connections cannot go on either.
    func interrupted(_ error: StoreError)
    /// The log can be written again after a failure. Every observer hears it that has ever
    /// submitted a batch.
    func resumed()
}
