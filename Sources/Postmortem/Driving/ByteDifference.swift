/// Where two bodies part.
public struct ByteDifference: Equatable, Sendable {
    /// Offset of the first byte that differs, or of the end of the shorter one.
    public var offset: Int
    /// What was recorded from there on.
    public var recorded: [UInt8]
    /// What is there instead.
    public var found: [UInt8]

    /// How many bytes of each are kept.
    private static let kept = 80

    /// Compares; nil when they are the same.
    public init?(recorded: [UInt8], found: [UInt8]) {
        guard recorded != found else { return nil }
        offset =
            zip(recorded, found).reduce(into: (count: 0, isSame: true)) { same, pair in
                same.isSame = same.isSame && pair.0 == pair.1
                if same.isSame { same.count += 1 }
            }.count
        self.recorded = Array(recorded.dropFirst(offset).prefix(Self.kept))
        self.found = Array(found.dropFirst(offset).prefix(Self.kept))
    }

    /// In words, on one line that is safe for a terminal.
    public var words: String {
        "differs from byte \(offset): recorded \(Self.quote(recorded)), now \(Self.quote(found))"
    }

    private static func quote(_ bytes: [UInt8]) -> String {
        bytes.isEmpty ? "the end" : "‹\(TerminalText.make(bytes, limit: 60))›"
    }
}
