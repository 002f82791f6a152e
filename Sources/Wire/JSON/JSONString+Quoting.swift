extension JSONString {
    /// Appends a text as a JSON string, quotes included. Only what RFC 8259 §7 demands is escaped:
    /// the quote, the backslash and controls below 0x20.
    public static func appendQuoted(_ text: String, to output: inout [UInt8]) {
        appendEscaped(text.utf8.span, to: &output)
    }

    /// Appends bytes as a JSON string, quotes included. Ill-formed UTF-8 is replaced by U+FFFD, so
    /// that the result is JSON whatever a peer has sent.
    public static func appendQuoted(_ utf8: Span<UInt8>, to output: inout [UInt8]) {
        if (try? UTF8Span(validating: utf8)) != nil {
            appendEscaped(utf8, to: &output)
        } else {
            let repaired = utf8.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
            appendEscaped(repaired.utf8.span, to: &output)
        }
    }

    private static func appendEscaped(_ utf8: Span<UInt8>, to output: inout [UInt8]) {
        output.append(JSONByte.quote)
        var start = 0
        for index in utf8.indices {
            let byte = utf8[index]
            if byte >= 0x20, byte != JSONByte.quote, byte != JSONByte.backslash { continue }
            append(utf8.extracting(start..<index), to: &output)
            appendEscape(of: byte, to: &output)
            start = index + 1
        }
        append(utf8.extracting(start..<utf8.count), to: &output)
        output.append(JSONByte.quote)
    }

    private static func append(_ plain: Span<UInt8>, to output: inout [UInt8]) {
        output.append(copying: plain)
    }

    private static func appendEscape(of byte: UInt8, to output: inout [UInt8]) {
        output.append(JSONByte.backslash)
        switch byte {
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0..<0x20:
            output.append(contentsOf: "u00".utf8)
            output.append(UInt8(ascii: "0") + byte >> 4)
            output.append(hexDigit(byte & 0x0F))
        default: output.append(byte)
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
