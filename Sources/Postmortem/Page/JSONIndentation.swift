import Wire

/// JSON over several lines, for people. Only white space between values is changed.
enum JSONIndentation {
    /// Nil for a text that is not JSON.
    static func indent(_ text: [UInt8]) -> [UInt8]? {
        var scanner = JSONScanner()
        guard let kind = try? scanner.scan(text.span), kind == .object || kind == .array else {
            return nil
        }
        var output: [UInt8] = []
        var depth = 0
        var offset = 0
        func newLine() { output += [0x0A] + Array(repeating: 0x20, count: depth * 2) }
        while offset < text.count {
            let byte = text[offset]
            switch byte {
            case UInt8(ascii: "\""):
                let end = endOfString(text, from: offset + 1)
                output += text[offset..<end]
                offset = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                output.append(byte)
                let rest = text[(offset + 1)...].first { !isSpace($0) }
                if rest != UInt8(ascii: "}"), rest != UInt8(ascii: "]") {
                    depth += 1
                    newLine()
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if let last = output.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "[") {
                    depth = max(0, depth - 1)
                    newLine()
                }
                output.append(byte)
            case UInt8(ascii: ","):
                output.append(byte)
                newLine()
            case UInt8(ascii: ":"): output += [byte, 0x20]
            default: if !isSpace(byte) { output.append(byte) }
            }
            offset += 1
        }
        return output
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    private static func endOfString(_ text: [UInt8], from start: Int) -> Int {
        var offset = start
        while offset < text.count, text[offset] != UInt8(ascii: "\"") {
            offset += text[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(offset + 1, text.count)
    }
}
