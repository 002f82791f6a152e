import Wire

/// A public key for RSASSA-PKCS1-v1_5 with SHA-256, which is RS256 (RFC 7518 §3.3).
struct RSAPublicKey: Equatable, Sendable {
    /// How many bits a modulus may have: RFC 7518 §3.3 asks for 2048 at least, and more than 8192
    /// would let one check take too long.
    static let modulusBits = 2048...8192
    /// The most bytes of an exponent without zeros in front: e is below 2³².
    static let maxExponentBytes = 4

    let modulus: OddModulus
    /// Big-endian, without zeros in front.
    let exponent: [UInt8]

    /// A key from the big-endian bytes of its numbers; zeros in front do no harm. Nil when the
    /// modulus is even or of another size than allowed, or the exponent is even, 1 or too large.
    init?(modulus: [UInt8], exponent: [UInt8]) {
        let exponent = Array(exponent.drop { $0 == 0 })
        guard exponent.count <= Self.maxExponentBytes, let low = exponent.last, low & 1 == 1,
            exponent != [1]
        else { return nil }
        let digits = Array(modulus.drop { $0 == 0 })
        // Before anything is worked out of a number that may be too long.
        guard digits.count <= Self.modulusBits.upperBound / 8,
            let modulus = OddModulus(digits.span), Self.modulusBits ~= modulus.bitCount
        else { return nil }
        self.modulus = modulus
        self.exponent = exponent
    }

    /// Whether the signature is that of the key's owner on the message with this SHA-256 digest
    /// (RFC 8017 §8.2.2).
    func hasSigned(digest: [UInt8], _ signature: [UInt8]) -> Bool {
        guard signature.count == modulus.byteCount,
            let encoded = modulus.power(signature.span, exponent.span)
        else { return false }
        return encoded == Self.encoded(digest: digest, count: modulus.byteCount)
    }

    /// What a signature must be made of (EMSA-PKCS1-v1_5, RFC 8017 §9.2). It is made and compared as a
    /// whole: to take apart what the signer has padded is how forgeries have come about.
    static func encoded(digest: [UInt8], count: Int) -> [UInt8] {
        let tail = [0] + digestInfo + digest
        return [0, 1] + [UInt8](repeating: 0xFF, count: count - 2 - tail.count) + tail
    }

    /// What stands before the digest, in DER: that it is one of SHA-256 (RFC 8017 §9.2, note 1).
    private static let digestInfo: [UInt8] = [
        0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
        0x05, 0x00, 0x04, 0x20,
    ]
}
