import SeededNumbers

/// A seeded source of bytes gone wrong, the same in every run.
struct WireMutation: RandomNumberGenerator {
    private var random: SplitMix64

    init(seed: Int) { random = SplitMix64(seed: UInt64(truncatingIfNeeded: seed)) }

    mutating func next() -> UInt64 { random.next() }

    /// The bytes with a few changed, taken out, put in or doubled.
    mutating func mutate(_ bytes: [UInt8], alphabet: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...4, using: &self) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &self)
            let byte = alphabet.randomElement(using: &self) ?? 0
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[place] = byte
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(byte, at: place)
            default: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
            }
        }
        return bytes
    }

    /// The bytes cut at random places.
    mutating func chunks(of bytes: [UInt8]) -> [[UInt8]] {
        var chunks: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 1...12, using: &self))
            chunks.append(Array(bytes[start..<end]))
            start = end
        }
        return chunks
    }
}
