/// Holds the frames that came against those that were recorded, for one connection (or one answer of an
/// agent). Where the same type repeats, how often is not compared, unless strictly.
public struct FrameComparison: Equatable, Sendable {
    /// The frames that followed one message of the IDE.
    public struct Part: Equatable, Sendable {
        /// Number of the message, from 1; 0: before the first.
        public var message: Int
        /// What was recorded.
        public var expected: [ShapeRun]
        /// What came.
        public var found: [ShapeRun]
        /// Whether they are the same, or were as part of the whole.
        public var isSame: Bool
    }

    /// By message.
    public var parts: [Part]

    /// A frame and the message it followed.
    public struct Frame: Equatable, Sendable {
        /// What it is.
        public var shape: FrameShape
        /// How many messages the IDE had sent before.
        public var message: Int

        /// A frame made of its parts.
        public init(_ shape: FrameShape, message: Int) {
            self.shape = shape
            self.message = message
        }
    }

    /// Compares. A frame may come before or after the IDE's next message, as the time allows: what is the
    /// same on the whole is the same.
    public init(expected: [Frame], found: [Frame], isStrict: Bool) {
        let isSameOnTheWhole = Self.isSame(expected, found, isStrict)
        let messages = Set((expected + found).map(\.message)).sorted()
        parts = messages.map { message in
            let (old, new) = (
                expected.filter { $0.message == message }, found.filter { $0.message == message }
            )
            return Part(
                message: message,
                expected: ShapeRun.runs(of: old.map(\.shape)),
                found: ShapeRun.runs(of: new.map(\.shape)),
                isSame: isSameOnTheWhole || Self.isSame(old, new, isStrict)
            )
        }
    }

    /// Parts that differ.
    public var differences: Int { parts.filter { !$0.isSame }.count }

    private static func isSame(_ expected: [Frame], _ found: [Frame], _ isStrict: Bool) -> Bool {
        let (old, new) = (expected.map(\.shape), found.map(\.shape))
        if isStrict { return old == new }
        return ShapeRun.runs(of: old).map(\.shape) == ShapeRun.runs(of: new).map(\.shape)
    }
}

extension FrameComparison.Part {
    /// The first difference, in words; nil: there is none.
    public var difference: String? {
        guard !isSame else { return nil }
        let same = zip(expected, found).prefix { $0.shape == $1.shape }
        let index = Array(same).count
        let words = { (runs: [ShapeRun]) in runs.dropFirst(index).first?.words ?? "nothing more" }
        if index >= expected.count, index >= found.count {
            return "the same types, but another number of them or at another place"
        }
        return "expected \(words(expected)), came \(words(found))"
    }
}
