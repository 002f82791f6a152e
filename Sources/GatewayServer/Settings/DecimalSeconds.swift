/// Seconds written as a decimal number (`30`, `0.5`), kept exactly as microseconds.
enum DecimalSeconds {
    /// Nil: not a decimal number, too large, or finer than a microsecond.
    static func microseconds(of text: String) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = parts[0]
        let fraction = parts.count > 1 ? parts[1] : ""
        guard !whole.isEmpty || !fraction.isEmpty,
            areDigits(whole), areDigits(fraction), fraction.utf8.count <= 6
        else { return nil }
        let padding = String(repeating: "0", count: 6 - fraction.utf8.count)
        return Int64(whole + fraction + padding)
    }

    /// The shortest text that means this time, which is not negative.
    static func text(of microseconds: Int64) -> String {
        let (whole, part) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        guard part != 0 else { return String(whole) }
        let digits = String(part)
        var fraction = String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(whole).\(fraction)"
    }

    private static func areDigits(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
}
