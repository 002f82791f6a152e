import Testing

@testable import Postmortem

/// What became of a connection that was driven again, in lines.
struct DriveOutcomeTests {
    private static func outcome(end: String, id: String = "new_1") -> DriveOutcome {
        DriveOutcome(
            connection: 1,
            liveID: id,
            frames: FrameComparison(expected: [], found: [], isStrict: false),
            end: .init(expected: "closed, 1000", found: end)
        )
    }

    @Test func saysWhatDiffers() {
        let same = Self.outcome(end: "closed, 1000")
        #expect(same.differences == 0)
        #expect(same.lines.map(\.words) == ["connection 1 as new_1, end: closed, 1000"])
        let other = Self.outcome(end: "left")
        #expect(other.differences == 1)
        #expect(other.lines.map(\.isSame) == [false])
        #expect(other.lines.first?.words.hasSuffix("expected closed, 1000, came left") == true)
    }

    /// The words of the end may be a peer's.
    @Test func isSafeForATerminal() {
        let lines = Self.outcome(end: "403 \u{9B}2J\u{1B}[1m\n", id: "a\u{202E}b").lines
        let text = lines.map(\.words).joined()
        #expect(text.contains(#"403 \u{9b}2J\u{1b}[1m\n"#))
        #expect(text.contains(#"a\u{202e}b"#))
    }
}
