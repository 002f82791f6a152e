/// JSON strings: from their written form to text and back (RFC 8259 §7).
public enum JSONString {
    /// What a string says.
    ///
    /// - Parameter content: what stands between the quotes of a scanned string.
    /// - Returns: nil when an escape is a lone surrogate, which no Swift string can hold, or when
    ///   the bytes are not the content of a JSON string.
    public static func decode(_ content: Span<UInt8>) -> String? {
        guard content.withUnsafeBufferPointer({ $0.contains(JSONByte.backslash) }) else {
            guard let text = try? UTF8Span(validating: content) else { return nil }
            return String(copying: text)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count)
        var offset = 0
        while offset < content.count {
            if content[offset] != JSONByte.backslash {
                bytes.append(content[offset])
                offset += 1
            } else {
                guard let length = appendEscape(content, at: offset, to: &bytes) else { return nil }
                offset += length
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Whether the content of a scanned string is, decoded, exactly `literal`.
    static func content(
        _ content: Span<UInt8>,
        equals literal: StaticString,
        hasEscapes: Bool
    ) -> Bool {
        if hasEscapes {
            guard let text = decode(content) else { return false }
            // Byte for byte: String's own equality would take canonical equivalents for equal.
            return literal.withUTF8Buffer { text.utf8.elementsEqual($0) }
        }
        return literal.withUTF8Buffer { content.isEqual(to: $0.span) }
    }

    /// Appends what the escape at `offset` stands for.
    ///
    /// - Returns: the escape's length, or nil when it is none or a lone surrogate.
    private static func appendEscape(
        _ content: Span<UInt8>,
        at offset: Int,
        to bytes: inout [UInt8]
    ) -> Int? {
        guard offset + 1 < content.count else { return nil }
        switch content[offset + 1] {
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"): return appendUnicodeEscape(content, at: offset, to: &bytes)
        case JSONByte.quote, JSONByte.backslash, UInt8(ascii: "/"):
            bytes.append(content[offset + 1])
        default: return nil
        }
        return 2
    }

    /// Appends the character of `\uXXXX` or of a surrogate pair of two such escapes.
    private static func appendUnicodeEscape(
        _ content: Span<UInt8>,
        at offset: Int,
        to bytes: inout [UInt8]
    ) -> Int? {
        guard let unit = codeUnit(content, at: offset) else { return nil }
        if let scalar = Unicode.Scalar(unit) {
            bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
            return 6
        }
        guard UTF16.isLeadSurrogate(unit), let trail = codeUnit(content, at: offset + 6),
            UTF16.isTrailSurrogate(trail)
        else { return nil }
        let pair = UTF16.EncodedScalar([unit, trail])
        bytes.append(contentsOf: UTF8.encode(UTF16.decode(pair)).map(Array.init) ?? [])
        return 12
    }

    /// The number that `\uXXXX` at `offset` writes.
    private static func codeUnit(_ content: Span<UInt8>, at offset: Int) -> UInt16? {
        guard offset + 6 <= content.count, content[offset] == JSONByte.backslash,
            content[offset + 1] == UInt8(ascii: "u")
        else { return nil }
        var unit: UInt16 = 0
        for index in offset + 2..<offset + 6 {
            guard let digit = hexValue(content[index]) else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    /// The value of a hexadecimal digit.
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
