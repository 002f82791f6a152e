/// Finds the blank line that ends a head, and remembers how far it has looked, so that a head that
/// comes byte by byte is looked through once.
struct HTTPHeadScan: Sendable {
    /// Where the first line begins: after the empty lines that are skipped.
    private(set) var start = 0
    /// Where the line under way begins.
    private var line = 0
    /// Up to where there is nothing new to find.
    private var position = 0
    private var emptyLines = 0

    /// The place after the blank line; nil: it has not come. So many empty lines before the first line
    /// are skipped; with one more the head is empty. All limits are on places in the input,
    /// so that the outcome does not depend on how the input is split.
    mutating func end(
        of input: Span<UInt8>,
        limits: HTTPLimits,
        leadingEmptyLines: Int = 0
    ) throws(HTTPViolation) -> Int? {
        let window = min(input.count, limits.maxHeadBytes)
        // What has become shorter is not what was looked through.
        if window < position { self = HTTPHeadScan() }
        while let lineFeed = input.firstOffset(of: ASCII.lineFeed, in: position..<window) {
            guard lineFeed > line, input[lineFeed - 1] == ASCII.carriageReturn else {
                throw .bareLineFeed
            }
            let length = lineFeed - 1 - line
            if line == start, length > limits.maxStartLineBytes { throw .targetTooLong }
            if length == 0, !skips(leadingEmptyLines, upTo: lineFeed + 1) { return lineFeed + 1 }
            line = lineFeed + 1
            position = line
        }
        position = window
        if line == start, window - line > limits.maxStartLineBytes + 1 { throw .targetTooLong }
        if input.count >= limits.maxHeadBytes { throw .headTooLarge }
        return nil
    }

    /// Whether the empty line that ends at `next` is one of those skipped before the first line.
    private mutating func skips(_ leadingEmptyLines: Int, upTo next: Int) -> Bool {
        guard line == start, emptyLines < leadingEmptyLines else { return false }
        emptyLines += 1
        start = next
        return true
    }
}
