/// The blocks of 64 bytes in which SHA-1 and SHA-256 take in a message, and the bytes that their
/// words make. Both pad a message, and read its words, in the same way (FIPS 180-4 §5.1.1, §5.2.1).
enum DigestBlocks {
    /// Calls `mix` for each block, with the block's 16 words at the front of a schedule of `words`
    /// words, whose others are for `mix` to fill.
    static func forEach(
        of message: Span<UInt8>,
        words: Int,
        _ mix: (inout [UInt32]) -> Void
    ) {
        var schedule = [UInt32](repeating: 0, count: words)
        var offset = 0
        while message.count - offset >= 64 {
            load(message, at: offset, into: &schedule)
            mix(&schedule)
            offset += 64
        }
        let tail = padding(message.extracting(offset..<message.count), total: message.count)
        for start in stride(from: 0, to: tail.count, by: 64) {
            load(tail.span, at: start, into: &schedule)
            mix(&schedule)
        }
    }

    /// The words one after the other, each big-endian.
    static func bytes(of words: [UInt32]) -> [UInt8] {
        words.flatMap { word in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }

    private static func load(
        _ bytes: Span<UInt8>,
        at offset: Int,
        into schedule: inout [UInt32]
    ) {
        for index in 0..<16 {
            let at = offset + index * 4
            schedule[index] =
                UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16
                | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
        }
    }

    /// The rest of the message, the bit 1, zeros, and the length in bits as 64-bit big-endian,
    /// up to a whole block (§5.1.1).
    private static func padding(_ rest: Span<UInt8>, total: Int) -> [UInt8] {
        var tail: [UInt8] = []
        tail.reserveCapacity(128)
        tail.append(copying: rest)
        tail.append(0x80)
        while tail.count % 64 != 56 { tail.append(0) }
        let bits = UInt64(total) &* 8
        for shift in stride(from: 56, through: 0, by: -8) {
            tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        return tail
    }
}
