import Events
import Session
import Testing

@testable import GatewayServer

/// Connection 7 has been opened on record (1), has a message (2) and its request (3).
struct SeveredStreamsTests {
    private var streams = SeveredStreams()

    private func header(_ kind: EventKind, _ ordinal: Int64, cause: Int64 = 0) -> EventHeader {
        EventHeader(kind, connection: 7, ordinal: ordinal, cause: cause, at: 0)
    }

    private var start: [EventHeader] {
        [
            header(.connectionOpened, 1), header(.frameReceived, 2),
            header(.requestSent, 3, cause: 2),
        ]
    }

    /// The record of the beginning and some events more.
    private func record(_ more: [EventHeader] = []) -> StreamTail {
        var record = StreamTail(ordinal: 0)
        for header in start + more { record.add(header) }
        return record
    }

    private mutating func endings() -> [String] {
        streams.endings(at: 1).map { header in
            "\(header.knownKind.map { "\($0)" } ?? "?") \(header.ordinal) cause \(header.cause)"
        }
    }

    @Test mutating func whatIsOnRecordIsEnded() {
        streams.sever(7, record())
        #expect(endings() == ["requestFailed 4 cause 3", "connectionClosed 5 cause 0"])
    }

    @Test mutating func endingsThatWereLostAreMadeAgain() {
        streams.sever(7, record())
        let first = streams.endings(at: 1)
        streams.lost(first)
        #expect(streams.endings(at: 1) == first)
        streams.committed(first)
        #expect(streams.endings(at: 1) == [])
    }

    @Test mutating func aLostRequestIsNotEnded() {
        streams.sever(7, record())
        streams.lost(Array(start.dropFirst()))
        #expect(endings() == ["connectionClosed 2 cause 0"])
    }

    @Test mutating func ofALostOpeningNothingIsWritten() {
        streams.sever(7, record())
        streams.lost(start)
        #expect(endings() == [])
    }

    @Test mutating func aLostEndOfAnAnswerLeavesItsRequest() {
        let lost = [header(.chunkReceived, 4, cause: 3), header(.streamEnded, 5, cause: 4)]
        streams.sever(7, record(lost))
        streams.lost(lost)
        #expect(endings() == ["requestFailed 4 cause 3", "connectionClosed 5 cause 0"])
    }

    @Test mutating func aConnectionThatHadEndedLosesItsEnd() {
        let lost = [header(.streamEnded, 4, cause: 3), header(.connectionClosed, 5)]
        streams.lost(lost)
        #expect(endings() == ["requestFailed 4 cause 3", "connectionClosed 5 cause 0"])
    }

    @Test mutating func theEndsFollowWhatWasCommittedBehindALostTurn() {
        let lost = [header(.streamEnded, 4, cause: 3), header(.frameReceived, 5)]
        let committed = [header(.requestSent, 6, cause: 5)]
        let discarded = [header(.chunkReceived, 7, cause: 6)]
        streams.sever(7, record(lost + committed + discarded))
        streams.lost(lost)
        streams.discarded(discarded)
        streams.committed(committed)
        #expect(endings() == ["requestFailed 7 cause 6", "connectionClosed 8 cause 0"])
    }

    @Test mutating func restCallsHaveNoEnd() {
        streams.lost([header(.restForwarded, 1), header(.restExchanged, 2)])
        #expect(streams.isEmpty)
    }
}
