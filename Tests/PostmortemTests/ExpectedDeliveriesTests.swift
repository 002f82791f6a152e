import Events
import Testing

@testable import Postmortem

struct DeliveryLedgerTests {
    private func delivered(_ frames: Int64, _ bytes: Int64) -> FramesDelivered {
        FramesDelivered(frames: frames, bytes: bytes)
    }

    @Test func countsUpToAnEvent() {
        var ledger = DeliveryLedger()
        #expect(ledger.taken(through: 10) == delivered(0, 0))
        ledger.add(bytes: 5, ordinal: 3)
        ledger.add(bytes: 7, ordinal: 6)
        #expect(ledger.taken(through: 2) == delivered(0, 0))
        #expect(ledger.taken(through: 3) == delivered(1, 5))
        #expect(ledger.taken(through: 3) == delivered(1, 5))
        #expect(ledger.taken(through: .max) == delivered(2, 12))
    }

    @Test func anAcceptedDifferenceIsNotFoundAgain() {
        var ledger = DeliveryLedger()
        ledger.add(bytes: 5, ordinal: 3)
        ledger.add(bytes: 7, ordinal: 6)
        #expect(ledger.taken(through: 3) == delivered(1, 5))
        ledger.accept(delivered(2, 9))
        #expect(ledger.taken(through: 3) == delivered(2, 9))
        #expect(ledger.taken(through: 6) == delivered(3, 16))
    }

    /// An IDE that is too far behind cannot be checked, until it has caught up.
    @Test func forgetsTheOldest() {
        var ledger = DeliveryLedger()
        let count = Int64(DeliveryLedger.markLimit) + 1
        for ordinal in 1...count { ledger.add(bytes: 1, ordinal: ordinal) }
        #expect(ledger.taken(through: 1) == nil)
        #expect(ledger.taken(through: count) == delivered(count, count))
    }
}
