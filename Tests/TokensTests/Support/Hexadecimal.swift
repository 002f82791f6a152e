/// Bytes as hexadecimal digits.
enum Hexadecimal {
    /// The bytes of a text, whatever stands between its digits; a 0 goes before an odd number of them.
    static func bytes(_ text: String) -> [UInt8] {
        var digits = text.compactMap(\.hexDigitValue)
        if digits.count % 2 == 1 { digits.insert(0, at: 0) }
        return stride(from: 0, to: digits.count, by: 2).map { index in
            UInt8(digits[index] << 4 | digits[index + 1])
        }
    }

    /// Two digits for each byte.
    static func text(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
