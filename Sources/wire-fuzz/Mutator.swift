import SeededNumbers

/// Makes inputs out of samples by damaging them.
struct Mutator {
    /// No input is longer, in bytes.
    static let maximumLength = 16_384

    let samples: [[UInt8]]
    let interestingBytes: [UInt8]

    /// A sample with none to six changes.
    func input(_ random: inout SplitMix64) -> [UInt8] {
        var input = random.pick(samples)
        for _ in 0..<random.next(below: 7) { damage(&input, &random) }
        return Array(input.prefix(Self.maximumLength))
    }

    private func damage(_ input: inout [UInt8], _ random: inout SplitMix64) {
        let place = random.next(below: input.count + 1)
        switch random.next(below: 8) {
        case 0 where place < input.count: input[place] ^= 1 << UInt8(random.next(below: 8))
        case 1 where place < input.count: input[place] = random.pick(interestingBytes)
        case 2: input.insert(random.pick(interestingBytes), at: place)
        case 3: input.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        case 4: input.removeSubrange(random.range(within: input.count))
        case 5 where random.next(below: 4) == 0: input.removeSubrange(place...)
        case 6: input.insert(contentsOf: input[random.range(within: input.count)], at: place)
        case 7: splice(&input, at: place, &random)
        default: input.append(random.pick(interestingBytes))
        }
    }

    /// Puts a piece of another sample over, or between, what is there.
    private func splice(_ input: inout [UInt8], at place: Int, _ random: inout SplitMix64) {
        let other = random.pick(samples)
        let piece = other[random.range(within: other.count)]
        let replaced = random.next(below: 2) == 0 ? 0 : min(piece.count, input.count - place)
        input.replaceSubrange(place..<place + replaced, with: piece)
    }
}
