import Events
import Testing

@testable import Postmortem

struct ExpectedDeliveriesTests {
    private func delivered(_ frames: Int64, _ bytes: Int64) -> FramesDelivered {
        FramesDelivered(frames: frames, bytes: bytes)
    }

    @Test func countsUpToAnEvent() {
        var deliveries = ExpectedDeliveries()
        #expect(deliveries.taken(through: 10) == delivered(0, 0))
        deliveries.add(bytes: 5, ordinal: 3)
        deliveries.add(bytes: 7, ordinal: 6)
        #expect(deliveries.taken(through: 2) == delivered(0, 0))
        #expect(deliveries.taken(through: 3) == delivered(1, 5))
        #expect(deliveries.taken(through: 3) == delivered(1, 5))
        #expect(deliveries.taken(through: .max) == delivered(2, 12))
    }

    @Test func anAcceptedDifferenceIsNotFoundAgain() {
        var deliveries = ExpectedDeliveries()
        deliveries.add(bytes: 5, ordinal: 3)
        deliveries.add(bytes: 7, ordinal: 6)
        #expect(deliveries.taken(through: 3) == delivered(1, 5))
        deliveries.accept(delivered(2, 9))
        #expect(deliveries.taken(through: 3) == delivered(2, 9))
        #expect(deliveries.taken(through: 6) == delivered(3, 16))
    }

    /// An IDE that is too far behind cannot be checked, until it has caught up.
    @Test func forgetsTheOldest() {
        var deliveries = ExpectedDeliveries()
        let count = Int64(ExpectedDeliveries.markLimit) + 1
        for ordinal in 1...count { deliveries.add(bytes: 1, ordinal: ordinal) }
        #expect(deliveries.taken(through: 1) == nil)
        #expect(deliveries.taken(through: count) == delivered(count, count))
    }
}
