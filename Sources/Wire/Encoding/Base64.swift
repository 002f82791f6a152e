/// Base 64 (RFC 4648 §4 and §5).
public enum Base64 {
    /// Which 64 characters, and whether the end is filled up with `=`.
    public enum Alphabet: Sendable {
        /// `+` and `/`, padded (§4).
        case standard
        /// `-` and `_`, not padded, as JSON Web Tokens have it (§5, RFC 7515 §2).
        case url
    }

    /// The bytes as text.
    public static func encode(_ bytes: Span<UInt8>, alphabet: Alphabet = .standard) -> String {
        let digits = alphabet == .standard ? standardDigits : urlDigits
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        for index in bytes.indices {
            pending = pending << 8 | UInt32(bytes[index])
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(digits[Int(pending >> bits & 0x3F)])
            }
        }
        if bits > 0 { text.append(digits[Int(pending << (6 - bits) & 0x3F)]) }
        while alphabet == .standard, text.count % 4 != 0 { text.append(ASCII.equals) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; nil when it is not exactly what ``encode(_:alphabet:)`` makes: other
    /// characters, wrong padding, or bits set that belong to no byte (RFC 4648 §3.5).
    public static func decode(_ text: String, alphabet: Alphabet = .standard) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 4 * 3 + 3)
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        var padding = 0
        for character in text.utf8 {
            if character == ASCII.equals {
                padding += 1
                continue
            }
            guard padding == 0, let digit = value(of: character, alphabet) else { return nil }
            pending = pending << 6 | digit
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
            }
        }
        let needed = alphabet == .standard ? (3 - bytes.count % 3) % 3 : 0
        let isCanonical = bits < 6 && pending & (1 << bits - 1) == 0
        return isCanonical && padding == needed ? bytes : nil
    }

    private static let standardDigits = digits(plus: "+", slash: "/")
    private static let urlDigits = digits(plus: "-", slash: "_")

    private static func digits(plus: String, slash: String) -> [UInt8] {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        return Array((letters + plus + slash).utf8)
    }

    private static func value(of character: UInt8, _ alphabet: Alphabet) -> UInt32? {
        switch (character, alphabet) {
        case (0x41...0x5A, _): UInt32(character) - 0x41
        case (0x61...0x7A, _): UInt32(character) - 0x61 + 26
        case (0x30...0x39, _): UInt32(character) - 0x30 + 52
        case (0x2B, .standard), (0x2D, .url): 62
        case (0x2F, .standard), (0x5F, .url): 63
        default: nil
        }
    }
}
