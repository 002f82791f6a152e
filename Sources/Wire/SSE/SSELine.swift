/// Lines of an event stream: they end with LF, CR LF or CR (WHATWG HTML §9.2.5).
enum SSELine {
    /// The offset of the first LF or CR at or after `offset`, or `limit` when there is none before
    /// it. `limit` must not be beyond the end of the bytes.
    @inline(__always)
    static func end(_ text: Span<UInt8>, from offset: Int, limit: Int) -> Int {
        var offset = offset
        while offset <= limit - 8 {
            let bytes = EightBytes(text, at: offset)
            // Seldom is there any control character but those that are looked for.
            if bytes.below(0x0E) & bytes.ascii != 0 {
                let ends =
                    bytes.equal(to: SSEByte.lineFeed) | bytes.equal(to: SSEByte.carriageReturn)
                let place = EightBytes.first(ends & bytes.ascii)
                if place < 8 { return offset + place }
            }
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
}
