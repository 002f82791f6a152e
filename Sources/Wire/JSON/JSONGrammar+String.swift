extension JSONGrammar {
    /// The string whose opening quote stands at `offset`: the offset after its closing quote, and
    /// whether it holds a backslash (RFC 8259 §7).
    ///
    /// The escape of a lone surrogate, such as `\ud83d`, is grammatical (RFC 8259 §8.2) and passes.
    static func string(
        _ text: Span<UInt8>,
        at offset: Int
    ) throws(JSONViolation) -> (end: Int, hasEscapes: Bool) {
        var offset = offset + 1
        var hasEscapes = false
        while true {
            offset = skipPlain(text, from: offset)
            guard offset < text.count else { throw .endsInsideString(at: text.count) }
            switch text[offset] {
            case JSONByte.quote:
                return (offset + 1, hasEscapes)
            case JSONByte.backslash:
                hasEscapes = true
                offset = try escape(text, at: offset)
            case 0..<0x20:
                throw .controlCharacter(at: offset)
            case 0x80...:
                offset = try skipNonASCII(text, from: offset)
            default:
                offset += 1
            }
        }
    }

    /// Skips, eight bytes at a time, what needs no look: ASCII other than `"`, `\` and controls.
    /// Stops at the first byte that does, or less than eight bytes before the end of the text.
    @inline(__always)
    private static func skipPlain(_ text: Span<UInt8>, from offset: Int) -> Int {
        var offset = offset
        while offset <= text.count - 8 {
            let bytes = EightBytes(text, at: offset)
            let ends = bytes.equal(to: JSONByte.quote) | bytes.equal(to: JSONByte.backslash)
            let place = EightBytes.first(ends | bytes.below(0x20) | bytes.nonASCII)
            if place < 8 { return offset + place }
            offset += 8
        }
        return offset
    }

    /// The offset after the escape whose backslash stands at `offset`.
    private static func escape(_ text: Span<UInt8>, at offset: Int) throws(JSONViolation) -> Int {
        guard offset + 1 < text.count else { throw .endsInsideString(at: text.count) }
        switch text[offset + 1] {
        case JSONByte.quote, JSONByte.backslash, UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return offset + 2
        case UInt8(ascii: "u"):
            for index in offset + 2..<offset + 6 {
                guard index < text.count else { throw .endsInsideString(at: text.count) }
                if JSONString.hexValue(text[index]) == nil { throw .invalidEscape(at: offset) }
            }
            return offset + 6
        default:
            throw .invalidEscape(at: offset)
        }
    }

    /// The offset after the run of well-formed non-ASCII characters that starts at `offset`.
    private static func skipNonASCII(
        _ text: Span<UInt8>,
        from offset: Int
    ) throws(JSONViolation) -> Int {
        var offset = offset
        while offset < text.count, text[offset] >= 0x80 {
            let length = UTF8Sequence.length(text, at: offset)
            if length == 0 { throw .invalidUTF8(at: offset) }
            offset += length
        }
        return offset
    }
}
