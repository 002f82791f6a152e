/// The bytes that the protocols here give a meaning to, by their ASCII names.
enum ASCII {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let percent: UInt8 = 0x25
    static let plus: UInt8 = 0x2B
    static let comma: UInt8 = 0x2C
    static let slash: UInt8 = 0x2F
    static let zero: UInt8 = 0x30
    static let nine: UInt8 = 0x39
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let equals: UInt8 = 0x3D
    static let question: UInt8 = 0x3F
    static let delete: UInt8 = 0x7F

    /// The value of a decimal digit.
    static func decimal(_ byte: UInt8) -> Int? {
        byte >= zero && byte <= nine ? Int(byte &- zero) : nil
    }

    /// The value of a hexadecimal digit, in either case.
    static func hexadecimal(_ byte: UInt8) -> Int? {
        if byte >= zero && byte <= nine { return Int(byte &- zero) }
        let lower = byte | 0x20
        return lower >= 0x61 && lower <= 0x66 ? Int(lower &- 0x57) : nil
    }

    /// The byte with `A`–`Z` made small; all others stay.
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }

    /// Whether the byte is one of `A`–`Z`, `a`–`z`, `0`–`9`.
    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return (byte >= zero && byte <= nine) || (lower >= 0x61 && lower <= 0x7A)
    }

    /// Whether two texts are the same but for the case of `A`–`Z`.
    static func equal(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
        left.utf8.elementsEqual(right.utf8) { lowercased($0) == lowercased($1) }
    }
}
