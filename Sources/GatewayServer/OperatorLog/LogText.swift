/// Text of a peer, made fit for one line of a log: what would end the line or steer a terminal is
/// written as a JSON escape (`\n`, `\u001b`). A backslash stays as it is in a text line, so that
/// ordinary messages look as they were written.
enum LogText {
    /// How many bytes of a text go into a line; more is cut and marked with `…`.
    static let limit = 8192

    static func append(_ text: String, in format: LogFormat, to output: inout [UInt8]) {
        if isPlain(text) { return output.append(contentsOf: text.utf8) }
        var room = limit
        for scalar in text.unicodeScalars {
            room -= UTF8.width(scalar)
            guard room >= 0 else {
                output.append(contentsOf: "…".utf8)
                return
            }
            append(scalar, in: format, to: &output)
        }
    }

    /// Whether the text stands as it is in a line of either form, which most do: short, in ASCII, without
    /// controls, quotation marks and backslashes.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8.span
        guard bytes.count <= limit else { return false }
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return false
            case 0x20..<0x7F: break
            default: return false
            }
        }
        return true
    }

    private static func append(
        _ scalar: Unicode.Scalar,
        in format: LogFormat,
        to output: inout [UInt8]
    ) {
        switch scalar {
        case "\n": output.append(contentsOf: #"\n"#.utf8)
        case "\r": output.append(contentsOf: #"\r"#.utf8)
        case "\t": output.append(contentsOf: #"\t"#.utf8)
        case "\"" where format == .json, "\\" where format == .json:
            output.append(UInt8(ascii: "\\"))
            appendPlain(scalar, to: &output)
        case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
            appendEscape(scalar, to: &output)
        default: appendPlain(scalar, to: &output)
        }
    }

    private static func appendPlain(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        if let encoded = UTF8.encode(scalar) { output.append(contentsOf: encoded) }
    }

    /// `\u` and the four digits of a scalar below U+10000.
    private static func appendEscape(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        output.append(contentsOf: #"\u"#.utf8)
        for shift in [12, 8, 4, 0] as [UInt32] {
            let digit = UInt8((scalar.value >> shift) & 0xF)
            output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
