import EventStore
import Events
import Session

/// When the log fails: nothing unlogged is forwarded, every connection is told and closed. When it can
/// be written again, what was open is ended on record.
extension ServerLoop {
    func hear(_ word: LogObserver.Word) {
        switch word {
        case .committed(let batch): committed(batch)
        case .failed(let batch, let error):
            isLogFailing = true
            sever(losing: batch, error.message)
        case .interrupted(let error):
            isLogFailing = true
            sever(losing: nil, error.message)
        case .resumed:
            guard isLogFailing else { return }
            isLogFailing = false
            log.write(LogLine(.warning, "gateway", "The event log can be written again"))
            endSevered()
        }
    }

    /// The oldest turn that the log has not answered is in it.
    func committed(_ batch: EventBatch) {
        severed.committed(batch.headers)
        recorder.committed(batch)
        resumeHeldBack()
        endSevered()
    }

    /// Cuts off all connections: those of another loop's lost batch too, for what they say cannot be put on
    /// record either.
    private func sever(losing batch: EventBatch?, _ reason: String) {
        let open = takeConnections()
        for connection in open {
            severed.sever(connection.number, StreamTail(connection.state))
        }
        if let batch {
            severed.lost(batch.headers)
            recorder.failed(batch)
        }
        severed.discarded(recorder.discard())
        awaitedSubmission = recorder.submissions
        areEndingsRecorded = false
        if !open.isEmpty {
            log.write(LogLine(.error, "gateway", "The event log cannot be written: \(reason)"))
        }
        let refusal = HTTPAnswer.unavailable("the event log cannot be written: \(reason)")
        for connection in open { connection.failClosed(reason, refusal) }
        failCallers(refusal)
    }

    /// Ends the severed streams on record once the log is well and all that was on its way to it has been
    /// answered; forgets them once the ends are in the log.
    private func endSevered() {
        guard !severed.isEmpty, !isLogFailing, recorder.answers >= awaitedSubmission else { return }
        guard !areEndingsRecorded else { return severed.removeAll() }
        let reason = "the event log could not be written"
        let failed = Array(reason.utf8)
        let closed = ConnectionClosed(by: .gateway, reason: reason).body
        let endings = severed.endings(at: loop.wallTime)
        for header in endings {
            let body = header.knownKind == .connectionClosed ? closed : failed
            recorder.record(header, body.span)
        }
        guard !endings.isEmpty else { return severed.removeAll() }
        areEndingsRecorded = true
        awaitedSubmission = recorder.submissions &+ 1
    }
}
