extension WebSocketFrameWriter {
    /// Appends a server's data frame whose payload `render` appends, and gives the payload's length. It need
    /// not be known before; `expected` is a guess, and when the frame's header then has another length, the
    /// payload is moved. When `render` throws, the output is as it was.
    @inlinable
    @discardableResult
    public static func append<Failure: Error>(
        _ opcode: WebSocketOpcode,
        expected: Int = 1024,
        to output: inout [UInt8],
        render: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        // Inlinable, because the call of an unspecialised closure costs as much as all the rest.
        let start = output.count
        appendHeader(opcode, payloadBytes: expected, to: &output)
        let room = output.count - start
        do {
            try render(&output)
        } catch {
            output.removeSubrange(start...)
            throw error
        }
        let length = output.count - start - room
        if length != expected { setLength(length, in: &output, from: start, room: room) }
        return length
    }

    /// Makes the room as large as the header is to be, and writes the payload's length into it.
    @usableFromInline
    static func setLength(_ length: Int, in output: inout [UInt8], from start: Int, room: Int) {
        let needed = length < 126 ? 2 : length < 0x1_0000 ? 4 : 10
        if needed < room {
            output.removeSubrange(start + needed..<start + room)
        } else if needed > room {
            output.insert(contentsOf: repeatElement(0, count: needed - room), at: start + room)
        }
        var output = output.mutableSpan
        switch length {
        case ..<126:
            output[start + 1] = UInt8(truncatingIfNeeded: length)
        case ..<0x1_0000:
            output[start + 1] = 126
            output[start + 2] = UInt8(truncatingIfNeeded: length >> 8)
            output[start + 3] = UInt8(truncatingIfNeeded: length)
        default:
            output[start + 1] = 127
            for index in 0..<8 {
                output[start + 2 + index] = UInt8(truncatingIfNeeded: length >> (56 - 8 * index))
            }
        }
    }
}
