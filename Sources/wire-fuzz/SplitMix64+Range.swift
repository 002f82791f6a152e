import SeededNumbers

extension SplitMix64 {
    /// A range within `0..<count`, short ones the likelier.
    mutating func range(within count: Int) -> Range<Int> {
        let start = next(below: count + 1)
        let longest = count - start
        let length = next(below: 1 + min(longest, 1 << next(below: 10)))
        return start..<start + length
    }
}
