/// Says whether the answer that a recorded IDE had before it did something has come on the live connection.
public struct ArrivalGate: Sendable {
    private var expected: [FrameShape]
    private var runs: Int

    /// For the frames that the recorded IDE had been sent.
    public init(_ expected: [FrameShape]) {
        self.expected = expected
        runs = ShapeRun.runs(of: expected).count
    }

    /// Whether the frames that came are as far. An answer whose last frame is final is complete however many
    /// frames it had.
    public func isOpen(_ found: [FrameShape]) -> Bool {
        guard let last = expected.last else { return true }
        let ends = { (shapes: [FrameShape]) in shapes.filter(\.endsAnswer).count }
        if last.endsAnswer { return ends(found) >= ends(expected) }
        return found.count >= expected.count
            || ShapeRun.runs(of: found).count > runs && ends(found) >= ends(expected)
    }
}
