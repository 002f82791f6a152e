/// An odd modulus, and powers modulo it, by Montgomery's multiplication.
///
/// Nothing that is worked out here is a secret: the keys are public, and the signature has come with
/// the token. So the time that it takes may depend on the numbers.
struct OddModulus: Equatable, Sendable {
    /// The modulus.
    let words: [UInt64]
    /// −1 divided by the modulus, modulo 2⁶⁴.
    let negatedInverse: UInt64
    /// R² modulo the modulus, where R is the lowest power of 2⁶⁴ above it; padded.
    private var squaredRadix: [UInt64]

    /// The number that the bytes are, big-endian; nil unless it is odd and at least 3.
    init?(_ bytes: Span<UInt8>) {
        words = [UInt64](bigEndian: bytes)
        guard let low = words.first, low & 1 == 1, words != [1] else { return nil }
        // An odd number is its own inverse modulo 8; each of Newton's steps doubles the bits.
        var inverse = low
        for _ in 0..<5 { inverse = inverse &* (2 &- low &* inverse) }
        negatedInverse = 0 &- inverse
        squaredRadix = []
        // Above R by one bit for each word, which the products divide by R: squared six times, above
        // it by all bits of R.
        squaredRadix = powerOfTwo(words.count * 65)
        for _ in 0..<6 {
            let root = squaredRadix
            multiply(root, root, into: &squaredRadix)
        }
    }

    /// How many bits the modulus has, without zeros in front.
    var bitCount: Int { words.count * 64 - (words.last?.leadingZeroBitCount ?? 0) }

    /// How many bytes hold every number below the modulus.
    var byteCount: Int { (bitCount + 7) / 8 }

    /// A power modulo the modulus, in ``byteCount`` bytes; nil when the base is not below the
    /// modulus. Base and exponent are big-endian and of any length.
    func power(_ base: Span<UInt8>, _ exponent: Span<UInt8>) -> [UInt8]? {
        let base = [UInt64](bigEndian: base)
        guard base.isBelow(words) else { return nil }
        let one = padded([1])
        // In Montgomery's form, that is times R.
        var factor = padded([])
        multiply(padded(base), squaredRadix, into: &factor)
        var power = padded([])
        multiply(one, squaredRadix, into: &power)
        var next = padded([])
        var isOne = true
        for index in exponent.indices {
            for bit in (0..<8).reversed() {
                if !isOne {
                    multiply(power, power, into: &next)
                    swap(&power, &next)
                }
                guard exponent[index] >> bit & 1 == 1 else { continue }
                multiply(power, factor, into: &next)
                swap(&power, &next)
                isOne = false
            }
        }
        multiply(power, one, into: &next)
        return next.bigEndianBytes(count: byteCount)
    }

    /// 2 to that power modulo the modulus, padded. The exponent is not below the modulus's bits.
    private func powerOfTwo(_ exponent: Int) -> [UInt64] {
        var power = padded([])
        // The highest power below the modulus, then doubled.
        power[words.count - 1] = 1 << UInt64((bitCount - 1) % 64)
        for _ in bitCount - 1..<exponent { double(&power) }
        return power
    }
}
