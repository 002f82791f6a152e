/// Lines of an event stream: they end with LF, CR LF or CR (WHATWG HTML §9.2.5).
enum SSELine {
    /// The offset of the first LF or CR at or after `offset`, or `limit` when there is none before
    /// it. `limit` must not be beyond the end of the bytes.
    @inline(__always)
    static func end(_ text: Span<UInt8>, from offset: Int, limit: Int) -> Int {
        let bytes = text.bytes
        var offset = offset
        while offset <= limit - 8 {
            let word = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let marks = marks(UInt64(littleEndian: word))
            if marks != 0 { return offset + marks.trailingZeroBitCount / 8 }
            offset += 8
        }
        while offset < limit, !isLineEnd(text[offset]) { offset += 1 }
        return offset
    }

    /// The offset after the line end that starts at `offset`. The LF of a CR LF belongs to it when
    /// it is there already.
    @inline(__always)
    static func next(_ text: Span<UInt8>, after offset: Int) -> Int {
        let isPair =
            text[offset] == SSEByte.carriageReturn && offset + 1 < text.count
            && text[offset + 1] == SSEByte.lineFeed
        return isPair ? offset + 2 : offset + 1
    }

    @inline(__always)
    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == SSEByte.lineFeed || byte == SSEByte.carriageReturn
    }

    /// The high bit of each byte that is LF or CR. Bits above the lowest one may be wrong (a borrow
    /// carries on), the lowest one is exact, and only it is used.
    @inline(__always)
    private static func marks(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let feeds = word ^ ones &* UInt64(SSEByte.lineFeed)
        let returns = word ^ ones &* UInt64(SSEByte.carriageReturn)
        let zeros = (feeds &- ones) & ~feeds | (returns &- ones) & ~returns
        return zeros & ones &* 0x80
    }
}
