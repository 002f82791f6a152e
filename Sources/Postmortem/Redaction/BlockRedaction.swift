/// Redacts a block of an SSE response: what it is stays, what it says goes. Line ends, names of fields,
/// `[DONE]`, names of events and numbers stay.
struct BlockRedaction {
    private struct Line {
        var range: Range<Int>
        /// The value's first byte; nil: a line without a colon.
        var value: Int?
        var name: ArraySlice<UInt8>
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// - Parameters:
    ///   - isFirst: whether it is the first of its response, where a byte order mark is left out.
    ///   - json: redacts the data.
    static func redact(
        _ block: [UInt8],
        isFirst: Bool,
        json: ([UInt8]) -> [UInt8]
    ) -> [UInt8] {
        let lines = lines(of: block, from: isFirst && block.starts(with: byteOrderMark) ? 3 : 0)
        let data = lines.filter { $0.name.elementsEqual("data".utf8) }
        let values = data.map { block[($0.value ?? $0.range.upperBound)..<$0.range.upperBound] }
        let joined = Array(values.joined(separator: [0x0A]))
        let isDone = data.count == 1 && joined.elementsEqual("[DONE]".utf8)
        // Line by line, the data keeps its line feeds: JSON has none within a string.
        var parts = (isDone || data.isEmpty ? joined : json(joined))
            .split(separator: 0x0A, omittingEmptySubsequences: false)[...]
        var output: [UInt8] = []
        output.reserveCapacity(block.count)
        var copied = 0
        for line in lines {
            output += block[copied..<line.range.lowerBound]
            copied = line.range.upperBound
            if line.name.elementsEqual("data".utf8) {
                output += block[line.range.lowerBound..<(line.value ?? line.range.upperBound)]
                output += parts.popFirst() ?? []
            } else {
                output += redact(line, of: block)
            }
        }
        return output + block[copied...]
    }

    private static func redact(_ line: Line, of block: [UInt8]) -> [UInt8] {
        var text = Array(block[line.range])
        let known = ["event", "id", "retry", ""]
        guard let start = line.value, known.contains(where: { line.name.elementsEqual($0.utf8) })
        else {
            if !known.contains(where: { line.name.elementsEqual($0.utf8) }) {
                return text.map { _ in Placeholder.byte }
            }
            return text
        }
        let value = start - line.range.lowerBound..<text.count
        let word = String(decoding: text[value], as: UTF8.self)
        let isKept =
            line.name.elementsEqual("event".utf8)
            ? KeptWords.isIdentifier(word) : word.utf8.allSatisfy { 0x30...0x39 ~= $0 }
        if !isKept { for index in value { text[index] = Placeholder.byte } }
        return text
    }

    /// The lines that are not blank (WHATWG HTML §9.2.5).
    private static func lines(of block: [UInt8], from start: Int) -> [Line] {
        var lines: [Line] = []
        var offset = start
        while offset < block.count {
            let end = block[offset...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? block.count
            if end > offset { lines.append(line(offset..<end, of: block)) }
            offset = end + 1
        }
        return lines
    }

    private static func line(_ range: Range<Int>, of block: [UInt8]) -> Line {
        guard let colon = block[range].firstIndex(of: UInt8(ascii: ":")) else {
            return Line(range: range, value: nil, name: block[range])
        }
        let next = colon + 1
        let value = next < range.upperBound && block[next] == 0x20 ? next + 1 : next
        return Line(range: range, value: value, name: block[range.lowerBound..<colon])
    }
}
