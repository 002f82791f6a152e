import SeededNumbers

/// Gives an input to an incremental parser as a socket would: what has come and is not consumed, again and
/// again, each time with more behind it.
enum PiecewiseFeed {
    /// Calls `receive` with all unconsumed bytes until it consumes nothing more, then lets more come: all at
    /// once, or pieces of random sizes. `receive` gives how many bytes it consumed; nil ends the feed.
    static func run(
        _ input: Span<UInt8>,
        cutBy random: inout SplitMix64,
        isCut: Bool,
        _ receive: (Span<UInt8>) -> Int?
    ) {
        var start = 0
        var end = 0
        while end < input.count {
            let rest = input.count - end
            end += isCut ? 1 + random.next(below: min(rest, 1 << random.next(below: 8))) : rest
            while true {
                guard let count = receive(input.extracting(start..<end)) else { return }
                start += count
                if count == 0 || start == end { break }
            }
        }
    }
}
