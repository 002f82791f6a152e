/// Why a text is not JSON as RFC 8259 has it. Offsets count bytes from 0.
public enum JSONViolation: Error, Equatable, Sendable {
    /// The text is empty or whitespace only.
    case noValue(at: Int)
    /// The text starts with a byte order mark (RFC 8259 §8.1 lets a parser refuse it).
    case byteOrderMark
    /// The text ends where more must follow.
    case endsEarly(at: Int)
    /// The text ends before a string's closing quote.
    case endsInsideString(at: Int)
    /// A byte that the grammar does not have there.
    case unexpectedCharacter(at: Int)
    /// A byte below 0x20 inside a string (RFC 8259 §7).
    case controlCharacter(at: Int)
    /// A backslash that starts none of the escapes of RFC 8259 §7; the backslash's offset.
    case invalidEscape(at: Int)
    /// A string is not UTF-8 (RFC 3629 §4): the first byte of the ill-formed sequence.
    case invalidUTF8(at: Int)
    /// A number outside the grammar of RFC 8259 §6: the first byte that does not fit.
    case invalidNumber(at: Int)
    /// One more array or object than may be open at once.
    case tooDeep(at: Int)
    /// The top-level object has more than ``JSONScanner/maxMembers``: the name of the first beyond them.
    case tooManyMembers(at: Int)
    /// Something other than whitespace follows the value.
    case trailingText(at: Int)

    /// Where the text stops being JSON, in bytes from its start.
    public var offset: Int {
        switch self {
        case .byteOrderMark: 0
        case .noValue(let offset), .endsEarly(let offset), .endsInsideString(let offset),
            .unexpectedCharacter(let offset), .controlCharacter(let offset),
            .invalidEscape(let offset), .invalidUTF8(let offset), .invalidNumber(let offset),
            .tooDeep(let offset), .tooManyMembers(let offset), .trailingText(let offset):
            offset
        }
    }
}

extension JSONViolation: CustomStringConvertible {
    /// A short sentence without a full stop, fit to follow `Invalid JSON: `.
    public var description: String {
        switch self {
        case .noValue: "text holds no value"
        case .byteOrderMark: "text starts with a byte order mark"
        case .endsEarly: "text ends before the value is complete"
        case .endsInsideString: "text ends inside a string"
        case .unexpectedCharacter(let offset): "unexpected character at byte \(offset)"
        case .controlCharacter(let offset): "unescaped control character at byte \(offset)"
        case .invalidEscape(let offset): "invalid escape at byte \(offset)"
        case .invalidUTF8(let offset): "invalid UTF-8 at byte \(offset)"
        case .invalidNumber(let offset): "invalid number at byte \(offset)"
        case .tooDeep(let offset): "nested too deeply at byte \(offset)"
        case .tooManyMembers(let offset): "too many members at byte \(offset)"
        case .trailingText(let offset): "unexpected text after the value at byte \(offset)"
        }
    }
}
