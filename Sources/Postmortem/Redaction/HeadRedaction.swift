import Wire

/// Redacts the head of an HTTP response: status and names of fields stay, and the values of those fields
/// that say how the body is to be read.
enum HeadRedaction {
    private static let keptFields: Set<String> = [
        "content-type", "content-length", "transfer-encoding", "content-encoding", "connection",
        "cache-control", "date", "retry-after",
    ]
    /// How long a value that stays may be, bytes.
    private static let valueLimit = 80

    static func redact(_ head: [UInt8]) -> [UInt8] {
        var lines = head.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        for index in lines.indices {
            lines[index] = index == 0 ? statusLine(lines[index]) : field(lines[index])
        }
        return Array(lines.joined(separator: [0x0A]))
    }

    /// `HTTP/1.1 200 OK`: the phrase stays where it is the registered one (RFC 9110 §15).
    private static func statusLine(_ line: [UInt8]) -> [UInt8] {
        let parts = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        let version = String(decoding: parts.first ?? [], as: UTF8.self)
        guard parts.count >= 2, version == "HTTP/1.1" || version == "HTTP/1.0",
            let status = Int(String(decoding: parts[1], as: UTF8.self))
        else { return cover(line, from: 0) }
        guard parts.count == 3 else { return line }
        let phrase = String(decoding: parts[2].filter { $0 != 0x0D }, as: UTF8.self)
        return HTTPStatus.reason(status) == phrase ? line : cover(line, from: parts[2].startIndex)
    }

    private static func field(_ line: [UInt8]) -> [UInt8] {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
            KeptWords.isIdentifier(String(decoding: line[..<colon], as: UTF8.self))
        else { return cover(line, from: 0) }
        let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
        let value = line[(colon + 1)...].dropLast(line.last == 0x0D ? 1 : 0)
        let isPlain = value.count <= valueLimit && value.allSatisfy { 0x20...0x7E ~= $0 }
        return keptFields.contains(name) && isPlain ? line : cover(line, from: colon + 1)
    }

    /// Spaces and the CR of the line end stay.
    private static func cover(_ line: [UInt8], from start: Int) -> [UInt8] {
        var line = line
        for index in line.indices.dropFirst(start) where line[index] != 0x20 && line[index] != 0x0D
        {
            line[index] = Placeholder.byte
        }
        return line
    }
}
