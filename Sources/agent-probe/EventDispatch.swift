import Wire

/// Makes the events of WHATWG HTML §9.2.6 of the blocks of one response: the type, the joined data, and
/// the last event id, which stays from event to event.
struct EventDispatch {
    private var splitter = SSEBlockSplitter(limit: 64 << 20)
    private var reader = SSEBlockReader()
    private var isFirst = true
    private var lastEventID: [UInt8] = []

    /// Reads all whole blocks at the start of the body and gives each event, as a line of JSON, to
    /// `print`. Returns how many bytes they were; the others come again with what follows them. What no
    /// blank line ends is never an event.
    mutating func receive(
        _ body: Span<UInt8>,
        _ print: ([UInt8]) -> Void
    ) throws(SSEViolation) -> Int {
        var offset = 0
        while let count = try splitter.nextBlock(in: body.extracting(offset..<body.count)) {
            let block = body.extracting(offset..<offset + count)
            if let line = read(block) { print(line) }
            offset += count
        }
        return offset
    }

    private mutating func read(_ block: Span<UInt8>) -> [UInt8]? {
        reader.read(block, isFirst: isFirst)
        isFirst = false
        if let range = reader.lastEventID {
            lastEventID = block.extracting(range).withUnsafeBufferPointer { Array($0) }
        }
        return reader.kind == .event ? line(block) : nil
    }

    private func line(_ block: Span<UInt8>) -> [UInt8] {
        var line = Array(#"{"type":"#.utf8)
        if let type = reader.eventType, !type.isEmpty {
            JSONString.appendQuoted(block.extracting(type), to: &line)
        } else {
            JSONString.appendQuoted("message", to: &line)
        }
        line += #","data":"#.utf8
        reader.withData(in: block) { JSONString.appendQuoted($0, to: &line) }
        line += #","lastEventId":"#.utf8
        JSONString.appendQuoted(lastEventID.span, to: &line)
        line += "}\n".utf8
        return line
    }
}
