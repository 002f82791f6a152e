import Wire

/// What a client has received and not read yet.
struct FrameInput {
    /// What comes goes at the end.
    var bytes: [UInt8]
    /// The bytes before it are done with.
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The reader's next item with its payload; nil: more must come first.
    mutating func next(
        _ reader: inout WebSocketFrameReader
    ) throws(WebSocketViolation) -> (item: WebSocketItem, payload: [UInt8])? {
        let (consumed, item) = try reader.receive(bytes.span.extracting(offset..<bytes.count))
        offset += consumed
        if offset == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            offset = 0
        }
        guard let item else { return nil }
        return (item, reader.takePayload())
    }
}
