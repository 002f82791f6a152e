import Events
import Testing

@testable import EventStore

struct RecoveryScanTests {
    struct Case: Sendable {
        let name: String
        let events: [EventKind]
        /// What is added: kind, ordinal, cause, detail.
        let added: [[Int64]]
    }

    static let failed = Int64(EventKind.requestFailed.rawValue)
    static let closed = Int64(EventKind.connectionClosed.rawValue)
    static let restarted = RequestFailure.gatewayRestarted.rawValue

    @Test(arguments: [
        Case(name: "closed", events: [.connectionOpened, .connectionClosed], added: []),
        Case(
            name: "idle",
            events: [.connectionOpened, .frameReceived],
            added: [[closed, 3, 0, 1006]]
        ),
        Case(
            name: "request under way",
            events: [.connectionOpened, .requestSent, .responseStarted, .chunkReceived],
            added: [[failed, 5, 2, restarted], [closed, 6, 0, 1006]]
        ),
        Case(
            name: "request ended",
            events: [.connectionOpened, .requestSent, .streamEnded],
            added: [[closed, 4, 0, 1006]]
        ),
        Case(
            name: "request failed",
            events: [.connectionOpened, .requestSent, .requestFailed],
            added: [[closed, 4, 0, 1006]]
        ),
        Case(
            name: "second request under way",
            events: [.connectionOpened, .requestSent, .streamEnded, .requestSent],
            added: [[failed, 5, 4, restarted], [closed, 6, 0, 1006]]
        ),
        Case(
            name: "closed, the answer being read to its end",
            events: [.connectionOpened, .requestSent, .connectionClosed, .chunkReceived],
            added: [[failed, 5, 2, restarted]]
        ),
        Case(
            name: "closed, the answer read to its end",
            events: [.connectionOpened, .requestSent, .connectionClosed, .streamEnded],
            added: []
        ),
        Case(name: "its beginning not in the log", events: [.frameReceived], added: []),
    ])
    func finishes(_ given: Case) {
        var scan = RecoveryScan(after: SealRecord(beforePosition: 1))
        for (index, kind) in given.events.enumerated() {
            let header = EventHeader(kind, connection: 4, ordinal: Int64(index) + 1, at: 1)
            scan.take(position: Int64(index) + 1, header: header, isIntact: true)
        }
        let batch = EventBatch()
        scan.finish(in: batch, at: 77)
        let added = batch.headers.map { [Int64($0.kind), $0.ordinal, $0.cause, $0.detail] }
        #expect(added == given.added, "\(given.name)")
        #expect(batch.headers.allSatisfy { $0.connection == 4 && $0.at == 77 })
        #expect(scan.recovery.lastPosition == Int64(given.events.count + given.added.count))
        #expect(scan.recovery.nextConnection == 5)
        #expect(scan.record.open.streams.isEmpty)
    }

    @Test func countsWhatIsDamagedAndWhatIsMissing() {
        var scan = RecoveryScan(after: SealRecord(beforePosition: 11))
        for position in [11, 12, 15, 16] as [Int64] {
            let header = EventHeader(.gatewayStarted, connection: 0, ordinal: position, at: 1)
            scan.take(position: position, header: header, isIntact: position < 15)
        }
        scan.finish(in: EventBatch(), at: 1)
        #expect(scan.recovery.events == 4)
        #expect(scan.recovery.damagedEvents == 2)
        #expect(scan.recovery.firstDamaged == 15)
        #expect(scan.recovery.missingEvents == 2)
        #expect(scan.tail == LogTail(position: 16, gatewayOrdinal: 16))
    }

    /// Numbers that no gateway writes must not stop one from starting.
    @Test(arguments: [Int64.min, -1, 0, .max])
    func takesAnyNumbers(_ number: Int64) {
        var scan = RecoveryScan(after: SealRecord(beforePosition: 1))
        for kind in EventKind.allCases {
            let header = EventHeader(
                kind,
                connection: number,
                ordinal: number,
                cause: number,
                at: number,
                detail: number
            )
            scan.take(position: number, header: header, isIntact: false)
        }
        scan.finish(in: EventBatch(), at: number)
        #expect(scan.recovery.damagedEvents == Int64(EventKind.allCases.count))
    }
}
