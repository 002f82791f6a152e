/// Writes blocks as SSE, in the style that the failures ask for.
struct BlockEncoder {
    private let failures: FailureSet
    private let lineEnd: String
    private let colon: String

    init(_ failures: FailureSet) {
        self.failures = failures
        lineEnd = failures.has(.crlf) ? "\r\n" : failures.has(.cr) ? "\r" : "\n"
        colon = failures.has(.noSpace) ? ":" : ": "
    }

    /// The bytes of each block.
    func encode(_ blocks: [AnswerBlock]) -> [[UInt8]] {
        blocks.indices.map { index in
            let isLast = index == blocks.count - 1
            let text = text(blocks[index], isLast: isLast)
            return Array((failures.has(.bom) && index == 0 ? "\u{FEFF}" + text : text).utf8)
        }
    }

    private func text(_ block: AnswerBlock, isLast: Bool) -> String {
        var text = failures.has(.heartbeats) ? ": heartbeat" + lineEnd + lineEnd : ""
        if let event = block.event { text += "event" + colon + event + lineEnd }
        for (index, line) in dataLines(block.data).enumerated() {
            if index > 0 { text += lineEnd }
            text += "data"
            text += colon
            text += line
        }
        if block.role == .sessionInfo, failures.has(.unterminatedSessionInfo) { return text }
        text += lineEnd
        if isLast, failures.has(.unterminated) { return text }
        return text + lineEnd
    }

    /// Line ends are white space in JSON, where they stand next to the braces of an object.
    private func dataLines(_ data: String) -> [String] {
        guard failures.has(.multiLine), data.hasPrefix("{"), data.hasSuffix("}") else {
            return [data]
        }
        return ["{", String(data.dropFirst().dropLast()), "}"]
    }
}
