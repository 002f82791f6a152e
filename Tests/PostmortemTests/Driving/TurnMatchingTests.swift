import Testing

@testable import Postmortem

/// Which recorded turn a request repeats.
struct TurnMatchingTests {
    private static func turns(_ bodies: [(Int64, String)]) -> [RecordedTurn] {
        bodies.enumerated().map { index, body in
            RecordedTurn(
                connection: body.0,
                ordinal: 1,
                position: Int64(index) + 1,
                request: .init(bytes: Array(body.1.utf8), at: 0)
            )
        }
    }

    private static func matches(_ recorded: [(Int64, String)], _ came: [String]) -> [TurnMatching
        .Match]
    {
        var matching = TurnMatching(turns(recorded))
        return came.map { matching.take(Array($0.utf8)) }
    }

    @Test func theSameInTheSameOrder() {
        let found = Self.matches([(1, "a"), (1, "b")], ["a", "b"])
        #expect(found == [.init(turn: 0, difference: nil), .init(turn: 1, difference: nil)])
    }

    @Test func connectionsMayOvertakeEachOther() {
        let found = Self.matches([(1, "a"), (2, "b"), (1, "c")], ["b", "a", "c"])
        #expect(found.map(\.turn) == [1, 0, 2])
        #expect(found.allSatisfy { $0.difference == nil })
    }

    /// Within a connection the order is the record's.
    @Test func aLaterTurnIsNotTakenFirst() {
        let found = Self.matches([(1, "a"), (1, "b")], ["b"])
        #expect(found.map(\.turn) == [0])
        #expect(found[0].difference == "the body differs from byte 0: recorded ‹a›, now ‹b›")
    }

    @Test func aSessionThatIsNotTheRecordedOne() {
        let recorded = #"{"session_id":"x","message":{}}"#
        let found = Self.matches(
            [(1, recorded), (1, recorded)],
            [
                #"{"message":{}}"#, #"{"session_id":"y","message":{}}"#,
            ]
        )
        #expect(
            found[0].difference?.hasPrefix("session_id x was recorded, no session_id came") == true
        )
        #expect(
            found[1].difference?.hasPrefix("session_id x was recorded, session_id y came") == true
        )
        #expect(found[1].difference?.contains("byte 15") == true)
    }

    @Test func oneTooMany() {
        let found = Self.matches([(1, "a")], ["a", "b"])
        #expect(found[1].turn == nil)
        #expect(found[1].difference == "the record has no further turn: ‹b›")
    }

    @Test func whatIsShorterDiffersAtItsEnd() {
        let difference = ByteDifference(recorded: Array("abc".utf8), found: Array("ab".utf8))
        #expect(difference?.offset == 2)
        #expect(difference?.words == "differs from byte 2: recorded ‹c›, now the end")
    }
}
