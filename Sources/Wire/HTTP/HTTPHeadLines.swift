/// The lines of a whole head, without their ends and without the blank line, as places in it.
struct HTTPHeadLines {
    /// Where each line feed is: found beforehand, because a span cannot be kept.
    private var lineFeeds: ArraySlice<Int>
    private var start: Int

    /// The lines from `start` on; the input has been looked through by ``HTTPHeadScan``, so that
    /// every line feed follows a carriage return.
    init(_ input: Span<UInt8>, from start: Int, to end: Int) {
        var found: [Int] = []
        var offset = start
        while let lineFeed = input.firstOffset(of: ASCII.lineFeed, in: offset..<end) {
            found.append(lineFeed)
            offset = lineFeed + 1
        }
        lineFeeds = found.dropLast()
        self.start = start
    }

    mutating func next() -> Range<Int>? {
        guard let lineFeed = lineFeeds.popFirst() else { return nil }
        defer { start = lineFeed + 1 }
        return start..<lineFeed - 1
    }
}
