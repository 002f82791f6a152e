import Testing
import Wire

@testable import Tokens

struct RSAPublicKeyTests {
    /// The keys as other programs sign with them; the digest is that of "abc".
    private static let digest = SHA256.digest(of: Array("abc".utf8).span)
    private static let signature = sign(.usual, RSAPublicKey.encoded(digest: digest, count: 256))
    private static let uneven = sign(.uneven, RSAPublicKey.encoded(digest: digest, count: 257))

    private static func sign(_ key: TestKey, _ encoded: [UInt8]) -> [UInt8] { key.raise(encoded) }

    private func accepts(_ signature: [UInt8], _ key: TestKey = .usual) -> Bool? {
        key.publicKey?.hasSigned(digest: Self.digest, signature)
    }

    @Test("The encoded message is that of RFC 8017 §9.2")
    func encoding() {
        let encoded = Hexadecimal.text(RSAPublicKey.encoded(digest: Self.digest, count: 256))
        #expect(
            encoded == "0001" + String(repeating: "ff", count: 202)
                + "003031300d060960864801650304020105000420"
                + "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
    }

    @Test("Signatures with keys of several lengths are accepted")
    func accepted() {
        #expect(accepts(Self.signature) == true)
        #expect(accepts(Self.uneven, .uneven) == true)
        let long = RSAPublicKey.encoded(digest: Self.digest, count: 384)
        #expect(accepts(Self.sign(.long, long), .long) == true)
    }

    @Test("A signature on another digest is refused")
    func otherDigest() throws {
        let key = try #require(TestKey.usual.publicKey)
        for place in [0, 15, 31] {
            var digest = Self.digest
            digest[place] ^= 1
            #expect(!key.hasSigned(digest: digest, Self.signature))
        }
    }

    /// RFC 8017 §8.2.2, step 1.
    @Test("A signature is as long as the modulus")
    func length() {
        #expect(accepts([]) == false)
        #expect(accepts([0] + Self.signature) == false)
        #expect(accepts(Self.signature + [0]) == false)
        #expect(accepts(Array(Self.signature.dropLast())) == false)
        #expect(accepts(Array(Self.signature.dropFirst())) == false)
        #expect(accepts(Self.signature, .long) == false)
    }

    /// RFC 8017 §5.2.2, step 1. With 2050 bits, s + n and s + 2n have as many bytes as s.
    @Test("A signature is below the modulus")
    func range() {
        let key = TestKey.uneven
        #expect(accepts(sum(Self.uneven, key.modulus), key) == false)
        #expect(accepts(sum(sum(Self.uneven, key.modulus), key.modulus), key) == false)
        #expect(accepts(key.modulus, key) == false)
        #expect(accepts([UInt8](repeating: 0xFF, count: 257), key) == false)
        #expect(accepts([UInt8](repeating: 0, count: 257), key) == false)
        #expect(accepts([UInt8](repeating: 0, count: 256) + [1], key) == false)
    }

    /// What a verifier that takes the padding apart may let pass: Bleichenbacher's forgeries and their
    /// like. All of these are signed with the secret key.
    @Test("Every other padding is refused", arguments: WrongPadding.all(digest: digest))
    func padding(wrong: WrongPadding) {
        #expect(wrong.encoded.count == 256)
        #expect(accepts(Self.sign(.usual, wrong.encoded)) == false)
    }

    @Test("No signature with a bit turned is accepted")
    func turnedBits() {
        for place in stride(from: 0, to: 256, by: 17) {
            var signature = Self.signature
            signature[place] ^= 1 << UInt8(place % 8)
            #expect(accepts(signature) == false)
        }
    }

    /// The sum of two numbers in as many bytes as the first has.
    private func sum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var sum = left
        var carry = 0
        for index in sum.indices.reversed() {
            let place = index - (sum.count - right.count)
            let total = Int(sum[index]) + (place >= 0 ? Int(right[place]) : 0) + carry
            sum[index] = UInt8(total & 0xFF)
            carry = total >> 8
        }
        return sum
    }
}
