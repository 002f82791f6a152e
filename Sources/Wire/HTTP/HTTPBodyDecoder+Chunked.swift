extension HTTPBodyDecoder {
    /// Reads the digits of a chunk's size and the byte that ends them.
    mutating func readSize(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ start: Int
    ) throws(HTTPViolation) -> Int {
        var offset = start
        while offset < bytes.count, let digit = ASCII.hexadecimal(bytes[offset]) {
            guard remaining <= Int.max >> 4 else { throw .malformedChunk }
            remaining = remaining << 4 | digit
            offset &+= 1
            try countLineByte()
        }
        guard offset < bytes.count else { return offset }
        guard lineBytes > 0 else { throw .malformedChunk }
        switch bytes[offset] {
        case ASCII.carriageReturn: state = .sizeLineFeed
        // White space may stand before the semicolon of an extension (RFC 9112 §7.1.1).
        case ASCII.semicolon, ASCII.space, ASCII.tab: state = .extension
        default: throw .malformedChunk
        }
        return offset &+ 1
    }

    /// One byte of the chunked coding outside the data and the size.
    mutating func step(_ byte: UInt8) throws(HTTPViolation) {
        switch state {
        case .extension:
            try countLineByte()
            if try isLineEnd(byte) { state = .sizeLineFeed }
        case .sizeLineFeed:
            try expect(ASCII.lineFeed, byte)
            try beginChunk()
        case .dataReturn:
            try expect(ASCII.carriageReturn, byte)
            state = .dataLineFeed
        case .dataLineFeed:
            try expect(ASCII.lineFeed, byte)
            state = .size
        case .trailerStart:
            if byte != ASCII.carriageReturn, !HTTPSyntax.isToken(byte) { throw .malformedChunk }
            try countTrailerByte()
            state = byte == ASCII.carriageReturn ? .endLineFeed : .trailer
        case .trailer:
            try countTrailerByte()
            if try isLineEnd(byte) { state = .trailerLineFeed }
        case .trailerLineFeed:
            try expect(ASCII.lineFeed, byte)
            state = .trailerStart
        case .endLineFeed:
            try expect(ASCII.lineFeed, byte)
            state = .complete
        case .length, .untilClose, .complete, .size, .data:
            break
        }
    }

    /// The size line has been read: its chunk begins, or after the last one the trailers.
    private mutating func beginChunk() throws(HTTPViolation) {
        lineBytes = 0
        if remaining == 0 {
            state = .trailerStart
        } else {
            try spend(remaining)
            state = .data
        }
    }

    private func expect(_ wanted: UInt8, _ byte: UInt8) throws(HTTPViolation) {
        if byte != wanted { throw .malformedChunk }
    }

    private func isLineEnd(_ byte: UInt8) throws(HTTPViolation) -> Bool {
        if byte == ASCII.carriageReturn { return true }
        // Bare line feeds above all: other readers might end the line there.
        guard HTTPSyntax.isFieldValue(byte) else { throw .malformedChunk }
        return false
    }

    private mutating func countLineByte() throws(HTTPViolation) {
        lineBytes &+= 1
        if lineBytes > Self.maxChunkLineBytes { throw .chunkLineTooLong }
    }

    private mutating func countTrailerByte() throws(HTTPViolation) {
        lineBytes &+= 1
        if lineBytes > Self.maxTrailerBytes { throw .trailersTooLarge }
    }
}
