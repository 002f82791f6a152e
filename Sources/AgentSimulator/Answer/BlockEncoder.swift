/// Writes blocks as SSE, in the style that the failures ask for.
struct BlockEncoder {
    private let failures: FailureSet
    private let lineEnd: String

    init(_ failures: FailureSet) {
        self.failures = failures
        lineEnd = failures.has(.crlf) ? "\r\n" : failures.has(.cr) ? "\r" : "\n"
    }

    /// The bytes of each block.
    func encode(_ blocks: [AnswerBlock]) -> [[UInt8]] {
        blocks.indices.map { index in
            let isLast = index == blocks.count - 1
            let mark = failures.has(.bom) && index == 0 ? "\u{FEFF}" : ""
            return Array((mark + text(blocks[index], isLast: isLast)).utf8)
        }
    }

    private func text(_ block: AnswerBlock, isLast: Bool) -> String {
        var text = failures.has(.heartbeats) ? ": heartbeat" + lineEnd + lineEnd : ""
        let fields = fields(block)
        text += fields.joined(separator: lineEnd)
        if block.role == .sessionInfo, failures.has(.unterminatedSessionInfo) { return text }
        text += lineEnd
        if isLast, failures.has(.unterminated) { return text }
        return text + lineEnd
    }

    private func fields(_ block: AnswerBlock) -> [String] {
        let colon = failures.has(.noSpace) ? ":" : ": "
        let event = block.event.map { ["event" + colon + $0] } ?? []
        return event + dataLines(block.data).map { "data" + colon + $0 }
    }

    /// Line ends are white space in JSON, where they stand next to the braces of an object.
    private func dataLines(_ data: String) -> [String] {
        guard failures.has(.multiLine), data.hasPrefix("{"), data.hasSuffix("}") else {
            return [data]
        }
        return ["{", String(data.dropFirst().dropLast()), "}"]
    }
}
