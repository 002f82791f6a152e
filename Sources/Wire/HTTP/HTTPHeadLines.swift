/// The lines of a whole head, without their ends and without the blank line, as places in it.
struct HTTPHeadLines {
    private var start: Int
    private let end: Int

    /// The lines from `start` on, up to the blank line that ends at `end`; the input has been looked
    /// through by ``HTTPHeadScan``, so that every line feed follows a carriage return.
    init(from start: Int, to end: Int) {
        self.start = start
        self.end = end - 2
    }

    /// The next line of the input that it was made for.
    mutating func next(in input: Span<UInt8>) -> Range<Int>? {
        guard start < end, let lineFeed = input.firstOffset(of: ASCII.lineFeed, in: start..<end)
        else { return nil }
        defer { start = lineFeed + 1 }
        return start..<lineFeed - 1
    }
}
