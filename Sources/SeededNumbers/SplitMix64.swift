/// Random numbers that are the same for the same seed, everywhere (Steele, Lea, Flood: Fast Splittable
/// Pseudorandom Number Generators). For tests and for `wire-fuzz`.
public struct SplitMix64: RandomNumberGenerator {
    @usableFromInline var state: UInt64

    /// A generator whose numbers the seed determines.
    @inlinable
    public init(seed: UInt64) { state = seed }

    /// The next number.
    @inlinable
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number from 0 up to `bound`, which must be above 0, itself left out.
    @inlinable
    public mutating func next(below bound: Int) -> Int {
        Int(truncatingIfNeeded: next() % UInt64(bound))
    }

    /// One of the elements, of which there must be some.
    @inlinable
    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[next(below: elements.count)]
    }
}
