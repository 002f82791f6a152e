/// Text that may be shown on a terminal, whatever a peer has sent: nothing in it moves the cursor,
/// changes colours or reverses the writing.
public enum TerminalText {
    /// The bytes as one line: UTF-8 where it is well formed, U+FFFD where not; line ends as `\n` and
    /// `\r`, other controls as `\u{…}`.
    ///
    /// - Parameter limit: how many columns it may take; what is cut off shows as `…`. Nil: no limit.
    public static func make(_ bytes: some Sequence<UInt8>, limit: Int? = nil) -> String {
        bytes.withContiguousStorageIfAvailable { make($0, limit) }
            ?? Array(bytes).withUnsafeBufferPointer { make($0, limit) }
    }

    /// Printable ASCII, which is most of any text, goes by runs; all else scalar by scalar.
    private static func make(_ bytes: UnsafeBufferPointer<UInt8>, _ limit: Int?) -> String {
        var line = TerminalLine(limit: limit ?? .max)
        var rest = bytes[...]
        while !rest.isEmpty {
            let plain = rest.prefix { isPlain($0) }
            guard line.append(plain: plain) else { return line.cutText }
            rest = rest[plain.endIndex...]
            let other = rest.prefix { !isPlain($0) }
            guard append(other, to: &line) else { return line.cutText }
            rest = rest[other.endIndex...]
        }
        return line.text
    }

    private static func append(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>,
        to line: inout TerminalLine
    ) -> Bool {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while true {
            let scalar: Unicode.Scalar
            switch decoder.decode(&iterator) {
            case .emptyInput: return true
            case .error: scalar = "\u{FFFD}"
            case .scalarValue(let decoded): scalar = decoded
            }
            let escaped = escape(scalar)
            let shown = escaped ?? String(scalar)
            let width = escaped == nil ? columnCount(scalar) : shown.utf8.count
            guard line.append(shown.utf8, columns: width) else { return false }
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
        text.utf8.allSatisfy { isPlain($0) }
    }

    private static func isPlain(_ byte: UInt8) -> Bool { 0x20...0x7E ~= byte }

    /// How a scalar that must not reach a terminal is written; nil for one that may.
    static func escape(_ scalar: Unicode.Scalar) -> String? {
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
        if 0x20...0x7E ~= scalar.value { return 1 }
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
