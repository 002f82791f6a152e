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
        #expect(hexadecimal(SHA1.digest(of: Array(message.utf8).span)) == expected)
    }

    /// FIPS 180-4's examples (NIST CAVS).
    @Test(
        "SHA-256 gives the published digests",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                    + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
            (
                String(repeating: "a", count: 1_000_000),
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ]
    )
    func digest256(message: String, expected: String) {
        #expect(hexadecimal(SHA256.digest(of: Array(message.utf8).span)) == expected)
    }

    /// Digests by Python's hashlib; around these lengths the padding changes.
    @Test(
        "SHA-256 pads messages of every length",
        arguments: [
            (55, "3b453d648ef01a1ddbc30ef4cee00724bb53fe40b38a08c04cfd6009235c09bf"),
            (56, "a5f1426b20451b15d1c92aef1b27b36b038d13a77874409d73889c02fa1ca778"),
            (57, "d5052dbc708201bdd59ff9892349c602ac19a97edf1f857fecaa87542c332187"),
            (58, "f4d44f3ba75228e23156954d855066f0110a55eed13257e91c5c00ce351a6188"),
            (59, "2a221ea21ca086f32aa9a3a2d27c062510c291ac260bbfe6b057296f7fdfe1d5"),
            (60, "ebf346d470b76e9fbfb036a2543e5d1a65676ef35e6dabb765a8946c04874670"),
            (61, "9ebb0207acae398fc9c1532dba538403224324e0a7aad56d5ecf92d1182bbe78"),
            (62, "4fdeafbb97b9b760046735fc5a832c95220f127888bc5a73384691c307a5f31f"),
            (63, "b728e1a944ecf6d47629afefa1656cbe11fd7bf23145fcba144af99ea5ec14f5"),
            (64, "17ff3615c8f2285b470ee569e15b37503eae49e36882b63ccc1aceb055d7f082"),
            (65, "f747a3be9b4a85941804d77e333783b22f194e6252b37570fd51bc2bc7886a57"),
        ]
    )
    func lengths(count: Int, expected: String) {
        #expect(hexadecimal(SHA256.digest(of: counted(count).span)) == expected)
    }

    @Test("SHA-256 of the digests of all lengths up to 299")
    func allLengths() {
        let digests = (0..<300).flatMap { SHA256.digest(of: counted($0).span) }
        let expected = "d6a81e6fe61754b960578b1d0a694006eddc90ab8afa3f57767dd3a8f88fc4c9"
        #expect(hexadecimal(SHA256.digest(of: digests.span)) == expected)
    }

    private func counted(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
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
