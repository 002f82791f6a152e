/// One multi-byte character of a UTF-8 text (RFC 3629 §4).
enum UTF8Sequence {
    /// How many bytes, 2 to 4, the well-formed sequence at `offset` has; 0 when the bytes there are
    /// cut short, overlong, a surrogate, above U+10FFFF or no sequence of several bytes at all.
    @inline(__always)
    static func length(_ text: Span<UInt8>, at offset: Int) -> Int {
        let remaining = text.count - offset
        guard remaining >= 2 else { return 0 }
        let second = text[offset + 1]
        switch text[offset] {
        case 0xC2...0xDF:
            return isContinuation(second) ? 2 : 0
        case 0xE0...0xEF:
            guard remaining >= 3, isContinuation(text[offset + 2]) else { return 0 }
            return follows(second, text[offset]) ? 3 : 0
        case 0xF0...0xF4:
            guard remaining >= 4, isContinuation(text[offset + 2]) else { return 0 }
            return isContinuation(text[offset + 3]) && follows(second, text[offset]) ? 4 : 0
        default:
            return 0
        }
    }

    @inline(__always)
    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// Whether the second byte may follow the first: the narrower ranges shut out overlong forms,
    /// surrogates and what lies above U+10FFFF.
    @inline(__always)
    private static func follows(_ second: UInt8, _ first: UInt8) -> Bool {
        switch first {
        case 0xE0: 0xA0...0xBF ~= second
        case 0xED: 0x80...0x9F ~= second
        case 0xF0: 0x90...0xBF ~= second
        case 0xF4: 0x80...0x8F ~= second
        default: isContinuation(second)
        }
    }
}
