import Wire

/// What the blocks of a body say when it comes in steps.
struct SSETranscript: Equatable {
    /// The blocks one after the other: kind, data, event, id and retry of each. Blocks of nothing but
    /// line ends are left out, as cuts may add one.
    private(set) var bytes: [UInt8] = []
    /// Whether a block was too long.
    private(set) var isViolation = false
    /// Whether the blocks joined are the body; always so after a violation.
    private(set) var isComplete = false

    /// Reads a body.
    ///
    /// - Parameter step: how many of the bytes that are left come next; at least one.
    init(of body: Span<UInt8>, limit: Int, step: (Int) -> Int) {
        var splitter = SSEBlockSplitter(limit: limit)
        var reader = SSEBlockReader()
        var start = 0
        var available = 0
        do {
            while available < body.count {
                available += step(body.count - available)
                while let length = try splitter.nextBlock(in: body.extracting(start..<available)) {
                    add(body.extracting(start..<start + length), start == 0, &reader)
                    start += length
                }
            }
        } catch {
            isViolation = true
            isComplete = true
            return
        }
        if let length = splitter.lastBlock(in: body.extracting(start...)) {
            add(body.extracting(start..<start + length), start == 0, &reader)
            start += length
        }
        isComplete = start == body.count
    }

    private mutating func add(_ block: Span<UInt8>, _ isFirst: Bool, _ reader: inout SSEBlockReader)
    {
        reader.read(block, isFirst: isFirst)
        guard reader.kind != .blank else { return }
        bytes.append(reader.kind.rawValue)
        bytes.append(reader.isDone ? 1 : 0)
        reader.withData(in: block) { add($0) }
        for range in [reader.eventType, reader.lastEventID] {
            bytes.append(range == nil ? 0 : 1)
            if let range { add(block.extracting(range)) }
        }
        bytes.append(contentsOf: "\(reader.retry ?? -1)".utf8)
    }

    private mutating func add(_ field: Span<UInt8>) {
        bytes.append(copying: field)
        bytes.append(0xFF)
    }
}
