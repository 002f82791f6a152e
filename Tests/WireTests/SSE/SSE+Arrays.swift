import Wire

// `#expect` cannot capture a span: these forms take what owns the bytes.

extension SSEBlockSplitter {
    mutating func nextBlock(in buffer: [UInt8]) throws(SSEViolation) -> Int? {
        try nextBlock(in: buffer.span)
    }

    /// The blocks of a body that comes in these chunks, the last unterminated one included.
    static func blocks(of chunks: [[UInt8]]) throws(SSEViolation) -> [[UInt8]] {
        var splitter = SSEBlockSplitter(limit: 1 << 20)
        var buffer: [UInt8] = []
        var blocks: [[UInt8]] = []
        for chunk in chunks {
            buffer += chunk
            while let length = try splitter.nextBlock(in: buffer.span) {
                blocks.append(Array(buffer.prefix(length)))
                buffer.removeFirst(length)
            }
        }
        if let length = splitter.lastBlock(in: buffer.span) {
            blocks.append(Array(buffer.prefix(length)))
        }
        return blocks
    }
}

extension SSEBlockReader {
    func isEvent(_ name: StaticString, in block: [UInt8]) -> Bool { isEvent(name, in: block.span) }
}
