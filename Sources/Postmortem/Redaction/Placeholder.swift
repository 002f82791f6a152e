/// What stands where something has been redacted: as many bytes as there were.
enum Placeholder {
    static let byte = UInt8(ascii: "x")
    /// Stands for a digit of a number: no number begins with a 0 that has more digits.
    static let digit = UInt8(ascii: "1")
    /// Stands in one place of a text that has to differ from another.
    static let otherByte = UInt8(ascii: "y")

    /// Words of the protocol that stay readable in a text that is not JSON: they say what it was to be.
    private static let keptWords = ["session_info", "session_id"].map { Array($0.utf8) }

    /// Redacts a text without a form of its own. Its line ends stay, and words that say what it was to be.
    ///
    /// The result is never JSON, unless it is empty.
    static func cover(_ text: inout [UInt8], _ range: Range<Int>) {
        var offset = range.lowerBound
        while offset < range.upperBound {
            if let word = keptWords.first(where: {
                text[offset..<range.upperBound].starts(with: $0)
            }) {
                offset += word.count
                continue
            }
            if text[offset] != 0x0A, text[offset] != 0x0D { text[offset] = byte }
            offset += 1
        }
    }

    /// The whole text covered.
    static func covering(_ text: [UInt8]) -> [UInt8] {
        var text = text
        cover(&text, text.indices)
        return text
    }
}
