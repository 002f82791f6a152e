extension JSONGrammar {
    /// The offset after the number whose first byte, a digit or a minus sign, stands at `offset`
    /// (RFC 8259 §6). The value is not computed: it has no size or precision limit here.
    @inline(__always)
    static func number(_ text: Span<UInt8>, at offset: Int) throws(JSONViolation) -> Int {
        var end = offset
        if text[end] == UInt8(ascii: "-") { end += 1 }
        if end < text.count, text[end] == UInt8(ascii: "0") {
            end += 1
            if end < text.count, isDigit(text[end]) { throw .invalidNumber(at: end) }
        } else {
            end = try digits(text, from: end)
        }
        if end < text.count, text[end] == UInt8(ascii: ".") {
            end = try digits(text, from: end + 1)
        }
        if end < text.count, text[end] | 0x20 == UInt8(ascii: "e") {
            end += 1
            if end < text.count, text[end] == UInt8(ascii: "+") || text[end] == UInt8(ascii: "-") {
                end += 1
            }
            end = try digits(text, from: end)
        }
        return end
    }

    /// The offset after one or more digits.
    @inline(__always)
    private static func digits(
        _ text: Span<UInt8>,
        from offset: Int
    ) throws(JSONViolation) -> Int {
        var end = offset
        while end <= text.count - 8, EightBytes(text, at: end).areDigits { end += 8 }
        while end < text.count, isDigit(text[end]) { end += 1 }
        if end > offset { return end }
        throw end < text.count ? .invalidNumber(at: end) : .endsEarly(at: end)
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }
}
