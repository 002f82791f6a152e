/// The parts of RFC 8259 that hold no other value: whitespace, literals, numbers, strings.
///
/// Every function looks at `text` from an offset on and gives the offset after what it found. None
/// of them keeps anything, and none reads a byte outside the text.
enum JSONGrammar {
    /// The offset of the first byte at or after `offset` that is not whitespace (RFC 8259 §2), or
    /// the text's length.
    @inline(__always)
    static func skipWhitespace(_ text: Span<UInt8>, from offset: Int) -> Int {
        var offset = offset
        while offset < text.count, isWhitespace(text[offset]) { offset += 1 }
        return offset
    }

    @inline(__always)
    private static func isWhitespace(_ byte: UInt8) -> Bool {
        // Space, tab, LF and CR as bits of one word: a compact text costs one comparison here.
        byte <= 0x20 && (0x1_0000_2600 as UInt64) >> UInt64(byte) & 1 == 1
    }

    /// The string, number or literal that starts at `offset`, which must be inside the text.
    @inline(__always)
    static func scalar(_ text: Span<UInt8>, at offset: Int) throws(JSONViolation) -> JSONToken {
        switch text[offset] {
        case JSONByte.quote:
            let string = try string(text, at: offset)
            return JSONToken(end: string.end, kind: .string, hasEscapes: string.hasEscapes)
        case UInt8(ascii: "n"):
            return JSONToken(end: try literal("null", text, at: offset), kind: .null)
        case UInt8(ascii: "t"):
            return JSONToken(end: try literal("true", text, at: offset), kind: .true)
        case UInt8(ascii: "f"):
            return JSONToken(end: try literal("false", text, at: offset), kind: .false)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            return JSONToken(end: try number(text, at: offset), kind: .number)
        default:
            throw .unexpectedCharacter(at: offset)
        }
    }

    /// The offset after the literal that must stand at `offset`.
    @inline(__always)
    private static func literal(
        _ word: StaticString,
        _ text: Span<UInt8>,
        at offset: Int
    ) throws(JSONViolation) -> Int {
        let count = word.utf8CodeUnitCount
        var matched = 0
        while matched < count, offset + matched < text.count,
            text[offset + matched] == word.utf8Start[matched]
        {
            matched += 1
        }
        if matched == count { return offset + count }
        throw offset + matched < text.count
            ? .unexpectedCharacter(at: offset + matched) : .endsEarly(at: text.count)
    }

    /// An object's member up to where its value starts: name, colon and whitespace.
    @inline(__always)
    static func key(_ text: Span<UInt8>, at offset: Int) throws(JSONViolation) -> JSONKey {
        guard offset < text.count else { throw .endsEarly(at: text.count) }
        guard text[offset] == JSONByte.quote else { throw .unexpectedCharacter(at: offset) }
        let name = try string(text, at: offset)
        let colon = skipWhitespace(text, from: name.end)
        guard colon < text.count else { throw .endsEarly(at: text.count) }
        guard text[colon] == JSONByte.colon else { throw .unexpectedCharacter(at: colon) }
        let valueStart = skipWhitespace(text, from: colon + 1)
        guard valueStart < text.count else { throw .endsEarly(at: text.count) }
        let content = Range(uncheckedBounds: (offset + 1, name.end - 1))
        return JSONKey(content: content, hasEscapes: name.hasEscapes, valueStart: valueStart)
    }
}
