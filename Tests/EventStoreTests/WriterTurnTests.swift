import Events
import Testing
import Threading

@testable import EventStore

struct WriterTurnTests {
    let observer = RecordingObserver()

    private func submission(_ count: Int = 1) -> Submission {
        Submission(batch: EventBatch(chunks: count), observer: observer)
    }

    @Test func aFreeTurnIsTheLoops() {
        let turn = WriterTurn(isOpenToLoops: true)
        #expect(turn.enter(orQueue: submission()) == .entered)
        turn.leave(isOpenToLoops: true)
        #expect(turn.enter(orQueue: submission()) == .entered)
    }

    @Test func whatComesMeanwhileGathersForTheThread() {
        let turn = WriterTurn(isOpenToLoops: true)
        #expect(turn.enter(orQueue: submission()) == .entered)
        #expect(turn.enter(orQueue: submission(2)) == .queued)
        #expect(turn.queue(submission(3)))
        turn.leave(isOpenToLoops: true)
        // First come, first written: a loop does not pass what waits.
        #expect(turn.enter(orQueue: submission(4)) == .queued)
        var taken: [Submission] = []
        #expect(!turn.take(into: &taken, until: nil))
        #expect(taken.map(\.batch.count) == [2, 3, 4])
        #expect(turn.enter(orQueue: submission()) == .queued)
    }

    @Test func loopsAreKeptOutAsLongAsTheWriterSays() {
        let turn = WriterTurn(isOpenToLoops: false)
        #expect(turn.enter(orQueue: submission()) == .queued)
        var taken: [Submission] = []
        _ = turn.take(into: &taken, until: nil)
        turn.leave(isOpenToLoops: true)
        #expect(turn.enter(orQueue: submission()) == .entered)
        turn.leave(isOpenToLoops: false)
        #expect(turn.enter(orQueue: submission()) == .queued)
    }

    @Test func theThreadWakesAtItsTimeOrWhenCalled() {
        let turn = WriterTurn(isOpenToLoops: true)
        var taken: [Submission] = []
        #expect(!turn.take(into: &taken, until: Clock.monotonic() + 1_000))
        #expect(taken.isEmpty)
        turn.leave(isOpenToLoops: true)
        #expect(turn.enter(orQueue: submission()) == .entered)
        turn.leave(isOpenToLoops: true, callsThread: true)
        #expect(!turn.take(into: &taken, until: nil))
    }

    @Test func nothingEntersWhenItCloses() throws {
        let turn = WriterTurn(isOpenToLoops: true)
        #expect(turn.queue(submission(7)))
        let writer = try Thread(named: "writer") {
            var taken: [Submission] = []
            while !turn.take(into: &taken, until: nil) { turn.leave(isOpenToLoops: true) }
            turn.end()
        }
        turn.closeAndWait()
        writer.join()
        #expect(turn.enter(orQueue: submission()) == .closed)
        #expect(!turn.queue(submission()))
    }

    /// The thread commits as long as the disk is slow.
    @Test func noLoopWaitsForASlowDisk() throws {
        let folder = try TemporaryFolder()
        var tuning = WriterTuning()
        tuning.slowCommit = -1
        let options = LogOptions(sync: .normal)
        let log = try EventLog.open(folder: folder.log, options, tuning: tuning)
        log.append(EventBatch(chunks: 1))
        for ordinal in 2...5 as ClosedRange<Int64> {
            #expect(!log.commit(EventBatch(chunks: 1, firstOrdinal: ordinal), for: observer))
            observer.waitForAnswers()
        }
        log.close()
        #expect(try readAll(folder.log).map(\.header.ordinal) == [1, 2, 3, 4, 5])
    }

    @Test func noLoopWaitsForADiskAtAllWithFull() throws {
        let folder = try TemporaryFolder()
        let log = try EventLog.open(folder: folder.log, LogOptions(sync: .full))
        #expect(!log.commit(EventBatch(chunks: 1), for: observer))
        observer.waitForAnswers()
        log.close()
        #expect(!log.commit(EventBatch(chunks: 1), for: observer))
        #expect(observer.failed.map(\.kind) == [.closed])
    }
}
