import Testing

@testable import Postmortem

/// What counts as the same when a dialogue is driven again.
struct FrameComparisonTests {
    private static func frames(_ texts: [String], message: Int = 1, isStrict: Bool = false)
        -> [FrameComparison.Frame]
    {
        texts.map { .init(FrameShape(Array($0.utf8), isStrict: isStrict), message: message) }
    }

    private static let info = #"{"type":"session_info","session_id":"s"}"#
    private static let token = #"{"type":"t","token":"a"}"#
    private static let final = #"{"type":"t","token":"b","is_final":true}"#

    private static func comparison(_ expected: [String], _ found: [String]) -> FrameComparison {
        FrameComparison(expected: frames(expected), found: frames(found), isStrict: false)
    }

    @Test(
        arguments: [
            ([info, token, final], [info, token, token, token, final]),
            ([token], [#"{"type":"t","token":"other"}"#]),
            (
                [#"{"type":"error","content":"Streaming error: cannot connect to 127.0.0.1:1"}"#],
                [#"{"type":"error","content":"Streaming error: cannot connect to 127.0.0.1:2"}"#]
            ),
        ]
    )
    func theSame(expected: [String], found: [String]) {
        #expect(Self.comparison(expected, found).differences == 0)
    }

    @Test(
        arguments: [
            ([info, token], [token, info], "expected session_info ‹s›, came t"),
            ([token, final], [token], "expected t (final), came nothing more"),
            (
                [info], [#"{"type":"session_info","session_id":"other"}"#],
                "came session_info ‹other›"
            ),
            (
                [#"{"type":"error","content":"Agent error: 500"}"#],
                [#"{"type":"error","content":"Agent error: 503"}"#], "came error ‹Agent error: 503›"
            ),
            ([], ["no JSON"], "expected nothing more, came ?"),
        ]
    )
    func different(expected: [String], found: [String], words: String) {
        let comparison = Self.comparison(expected, found)
        #expect(comparison.differences == 1)
        #expect(comparison.parts.first?.difference?.contains(words) == true)
    }

    @Test func strictlyEachByteCounts() {
        let (expected, found) = ([Self.token], [#"{"type":"t", "token":"a"}"#])
        let comparison = FrameComparison(
            expected: Self.frames(expected, isStrict: true),
            found: Self.frames(found, isStrict: true),
            isStrict: true
        )
        #expect(comparison.differences == 1)
    }

    @Test func strictlyTheirNumberCounts() {
        let twice = FrameComparison(
            expected: Self.frames([Self.token], isStrict: true),
            found: Self.frames([Self.token, Self.token], isStrict: true),
            isStrict: true
        )
        #expect(twice.differences == 1)
    }

    /// A frame that comes before the IDE's next message instead of after it is no difference.
    @Test func whenTheNextMessageWasSentDoesNotMatter() {
        let expected = Self.frames([Self.info], message: 1) + Self.frames([Self.final], message: 2)
        let found = Self.frames([Self.info, Self.final], message: 1)
        #expect(FrameComparison(expected: expected, found: found, isStrict: false).differences == 0)
    }

    @Test func theDifferenceIsInItsPart() {
        let expected = Self.frames([Self.info], message: 1) + Self.frames([Self.final], message: 2)
        let found = Self.frames([Self.info], message: 1) + Self.frames([Self.token], message: 2)
        let comparison = FrameComparison(expected: expected, found: found, isStrict: false)
        #expect(comparison.parts.map(\.isSame) == [true, false])
    }

    @Test func anAnswerIsCompleteHoweverManyFramesItHas() {
        let shapes = { (texts: [String]) in Self.frames(texts).map(\.shape) }
        let gate = ArrivalGate(shapes([Self.info, Self.token, Self.token, Self.final]))
        #expect(!gate.isOpen(shapes([Self.info, Self.token, Self.token, Self.token])))
        #expect(gate.isOpen(shapes([Self.info, Self.final])))
        let middle = ArrivalGate(shapes([Self.info, Self.token]))
        #expect(!middle.isOpen(shapes([Self.info])))
        #expect(middle.isOpen(shapes([Self.info, Self.token])))
        #expect(ArrivalGate([]).isOpen([]))
    }
}
