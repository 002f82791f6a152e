/// Text from peers as text of an HTML page: it stays text, whatever it says, and nothing in it is
/// invisible or turns the writing.
enum HTMLText {
    /// Escaped for content and for attributes in double quotes. Line ends stay where `isBlock` is set, else
    /// they are shown as `\n`.
    static func escape(_ text: some Sequence<UInt8>, isBlock: Bool = false) -> String {
        escape(String(decoding: Array(text), as: UTF8.self), isBlock: isBlock)
    }

    /// The same.
    static func escape(_ text: String, isBlock: Bool = false) -> String {
        var safe = ""
        safe.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            case "\n" where isBlock, "\t" where isBlock: safe.unicodeScalars.append(scalar)
            case " "..."~": safe.unicodeScalars.append(scalar)
            default: safe += TerminalText.escape(scalar) ?? String(scalar)
            }
        }
        return safe
    }

    /// Cut to a number of characters and escaped.
    static func label(_ text: String, limit: Int) -> String {
        escape(text.count <= limit ? text : text.prefix(max(0, limit - 1)) + "…")
    }
}
