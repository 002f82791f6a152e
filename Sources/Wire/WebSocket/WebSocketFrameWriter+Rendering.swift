extension WebSocketFrameWriter {
    /// Room for the header while the payload is not known: that of 126–65535 bytes, into which
    /// most payloads fall. A shorter one is at most 125 bytes to move, and one that is longer is
    /// moved once.
    @usableFromInline static let room = 4

    /// Appends a server's data frame whose payload `render` appends; its length need not be known
    /// before. When `render` throws, the output is as it was.
    @inlinable
    public static func append<Failure: Error>(
        _ opcode: WebSocketOpcode,
        to output: inout [UInt8],
        render: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        // Inlinable, because the call of an unspecialised closure costs as much as all the rest.
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: room))
        do {
            try render(&output)
        } catch {
            output.removeSubrange(start...)
            throw error
        }
        finish(opcode, in: &output, from: start)
    }

    /// Makes the room as large as the header is to be, and writes the header into it.
    @usableFromInline
    static func finish(_ opcode: WebSocketOpcode, in output: inout [UInt8], from start: Int) {
        let length = output.count - start - room
        switch length {
        case ..<126: output.removeSubrange(start + 2..<start + room)
        case ..<0x1_0000: break
        default: output.insert(contentsOf: repeatElement(0, count: 6), at: start)
        }
        var output = output.mutableSpan
        output[start] = opcode.rawValue | 0x80
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
