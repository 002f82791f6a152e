/// Text that may be shown on a terminal, whatever a peer has sent: nothing in it moves the cursor,
/// changes colours or reverses the writing.
public enum TerminalText {
    /// The bytes as one line: UTF-8 where it is well formed, U+FFFD where not; line ends as `\n` and
    /// `\r`, other controls as `\u{…}`.
    ///
    /// - Parameter limit: how many columns it may take; what is cut off shows as `…`. Nil: no limit.
    public static func make(_ bytes: some Sequence<UInt8>, limit: Int? = nil) -> String {
        var line: [UInt8] = []
        var columns = 0
        /// Where to cut so that the ellipsis still fits.
        var cut = 0
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while true {
            let scalar: Unicode.Scalar
            switch decoder.decode(&iterator) {
            case .emptyInput: return String(decoding: line, as: UTF8.self)
            case .error: scalar = "\u{FFFD}"
            case .scalarValue(let decoded): scalar = decoded
            }
            let escaped = escape(scalar)
            let width = escaped.map(\.utf8.count) ?? columnCount(scalar)
            if let limit, columns + width > limit {
                return String(decoding: line.prefix(cut), as: UTF8.self) + (limit > 0 ? "…" : "")
            }
            if let escaped {
                line.append(contentsOf: escaped.utf8)
            } else if scalar.isASCII {
                line.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                line.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
            columns += width
            if let limit, columns < limit { cut = line.count }
        }
    }

    /// The text as one line.
    public static func make(_ text: String, limit: Int? = nil) -> String {
        if isPlain(text), text.utf8.count <= limit ?? .max { return text }
        return make(text.utf8, limit: limit)
    }

    /// How many columns a line takes on a terminal.
    public static func columns(of line: String) -> Int {
        if isPlain(line) { return line.utf8.count }
        return line.unicodeScalars.reduce(0) { $0 + columnCount($1) }
    }

    /// Whether the text is printable ASCII: what most of it is, and quick to tell.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { 0x20...0x7E ~= $0 }
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool { 0x20...0x7E ~= scalar.value }

    /// How a scalar that must not reach a terminal is written; nil for one that may.
    static func escape(_ scalar: Unicode.Scalar) -> String? {
        if isPlain(scalar) { return nil }
        switch scalar {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
            return "\\u{\(String(scalar.value, radix: 16))}"
        case .format:
            // The joiner only makes emoji; all other format characters can hide or turn text.
            return scalar == "\u{200D}" ? nil : "\\u{\(String(scalar.value, radix: 16))}"
        default: return nil
        }
    }

    /// Columns of a terminal, as most of them count.
    private static func columnCount(_ scalar: Unicode.Scalar) -> Int {
        if isPlain(scalar) { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
