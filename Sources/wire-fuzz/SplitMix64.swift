/// A small seeded generator (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators).
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number from 0 up to `bound`, which must be above 0, itself left out.
    mutating func next(below bound: Int) -> Int {
        Int(truncatingIfNeeded: next() % UInt64(bound))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[next(below: elements.count)]
    }

    /// A range within `0..<count`, short ones the likelier.
    mutating func range(within count: Int) -> Range<Int> {
        let start = next(below: count + 1)
        let longest = count - start
        let length = next(below: 1 + min(longest, 1 << next(below: 10)))
        return start..<start + length
    }
}
