import Testing

@testable import Wire

struct EncodingDigestTests {
    /// FIPS 180-4's examples (NIST CAVS), the handshake of RFC 6455 §1.3, and the lengths around
    /// which the padding changes.
    @Test(
        "SHA-1 gives the published digests",
        arguments: [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                    + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "a49b2446a02c645bf419f995b67091253a04a259"
            ),
            (
                "dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                "b37a4f2cc0624f1690f64606cf385945b2bec4ea"
            ),
            (String(repeating: "a", count: 1000), "291e9a6c66994949b57ba5e650361e98fc36b1ba"),
        ]
    )
    func digest(message: String, expected: String) {
        let digest = SHA1.digest(of: Array(message.utf8).span)
        let hex = digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        #expect(hex.joined() == expected)
    }

    /// RFC 4648 §10.
    @Test(
        "Base 64 encodes and decodes the published values",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ]
    )
    func base64(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
        let unpadded = String(encoded.prefix { $0 != "=" })
        #expect(Base64.encode(Array(plain.utf8), alphabet: .url) == unpadded)
        #expect(Base64.decode(unpadded, alphabet: .url) == Array(plain.utf8))
    }

    @Test("The two alphabets differ in two characters")
    func alphabets() {
        let bytes: [UInt8] = [0xFB, 0xEF, 0xFF]
        #expect(Base64.encode(bytes) == "++//")
        #expect(Base64.encode(bytes, alphabet: .url) == "--__")
        #expect(Base64.decode("--__") == nil)
        #expect(Base64.decode("++//", alphabet: .url) == nil)
        #expect(Base64.decode("++//") == bytes)
        #expect(Base64.decode("--__", alphabet: .url) == bytes)
    }

    @Test(
        "What no encoder makes is refused",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "Z===", "=", "====", "Zg==Zg==",
            "Zm9v=", "Zm 9v", "Zm9v\n", "Zm9ÿ", "Zg=A",
        ]
    )
    func malformed(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("Every length comes back")
    func everyLength() {
        let bytes = (0..<100).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        for count in 0..<bytes.count {
            let part = Array(bytes[..<count])
            #expect(Base64.decode(Base64.encode(part)) == part)
            let url = Base64.encode(part, alphabet: .url)
            #expect(Base64.decode(url, alphabet: .url) == part)
        }
    }
}
