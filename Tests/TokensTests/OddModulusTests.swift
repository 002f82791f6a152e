import SeededNumbers
import Testing

@testable import Tokens

struct OddModulusTests {
    @Test("Powers are those of another implementation", arguments: ModularPower.all)
    func powers(vector: ModularPower) throws {
        let modulus = try #require(OddModulus(vector.modulus))
        let power = try #require(modulus.power(vector.base, vector.exponent))
        #expect(power.count == modulus.byteCount)
        #expect([UInt64](bigEndian: power) == [UInt64](bigEndian: vector.power))
        let padded = modulus.power(([0, 0] + vector.base), ([0] + vector.exponent))
        #expect(padded == power)
    }

    @Test("The table of powers has been read")
    func table() {
        #expect(ModularPower.all.count == 46)
    }

    /// Against multiplication and division in two words.
    @Test("Powers modulo one word", arguments: 0..<200)
    func oneWord(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let bits = UInt64.random(in: 0..<1 << 63, using: &random) >> UInt64(seed % 61)
        let number = bits << 1 | 1
        let base = UInt64.random(in: 0..<number, using: &random)
        let exponent = UInt64.random(in: 0..<1 << 20, using: &random)
        var expected: UInt64 = 1 % number
        for bit in (0..<20).reversed() {
            expected = product(expected, expected, modulo: number)
            if exponent >> UInt64(bit) & 1 == 1 {
                expected = product(expected, base, modulo: number)
            }
        }
        guard number > 1 else { return }
        let modulus = try #require(OddModulus([number].bigEndianBytes(count: 8)))
        let power = try #require(
            modulus.power(
                [base].bigEndianBytes(count: 8),
                [exponent].bigEndianBytes(count: 3)
            )
        )
        #expect([UInt64](bigEndian: power) == (expected == 0 ? [] : [expected]))
    }

    @Test(
        "A modulus is odd and at least 3",
        arguments: [[], [0], [1], [0, 0, 1], [2], [1, 0], [0xFF, 0xFE]] as [[UInt8]]
    )
    func refused(bytes: [UInt8]) {
        #expect(OddModulus(bytes) == nil)
    }

    @Test("A modulus is as long as it is without zeros in front")
    func sizes() throws {
        let small = try #require(OddModulus([0, 0, 3]))
        #expect(small.bitCount == 2)
        #expect(small.byteCount == 1)
        let large = try #require(OddModulus(([0, 1] + [UInt8](repeating: 255, count: 8))))
        #expect(large.bitCount == 65)
        #expect(large.byteCount == 9)
    }

    @Test("A base that is not below the modulus has no power")
    func largeBase() throws {
        let modulus = try #require(OddModulus([1, 0, 0, 0, 0, 0, 0, 0, 3]))
        #expect(modulus.power([1, 0, 0, 0, 0, 0, 0, 0, 2], [1]) != nil)
        #expect(modulus.power([1, 0, 0, 0, 0, 0, 0, 0, 3], [1]) == nil)
        #expect(modulus.power([2, 0, 0, 0, 0, 0, 0, 0, 0], [1]) == nil)
        #expect(modulus.power([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1]) == nil)
    }

    private func product(_ left: UInt64, _ right: UInt64, modulo number: UInt64) -> UInt64 {
        number.dividingFullWidth(left.multipliedFullWidth(by: right)).remainder
    }
}
