/// Splits the body of an SSE response into blocks, by the line rules of WHATWG HTML §9.2.5–9.2.6.
///
/// A block is what one event comes in: its lines, comments included, up to and including the blank
/// line after them. Blank lines before a block's first line are part of that block, so the blocks
/// joined, the last unterminated one included, are the body byte for byte.
///
/// **A block is given as soon as its blank line has begun.** In `data: x\r\r` that is at the second
/// CR, though an LF that makes it a CR LF may be still to come: waiting for it could hold an event
/// back for minutes. An LF that is there already is taken along; one that comes later becomes the
/// first byte of the next block, where it is one more blank line without effect. So where a body of
/// CR LF lines is cut between reads can move that one byte from a block to the next, never more;
/// what the blocks say (``SSEBlockReader``) does not depend on it.
public struct SSEBlockSplitter: Sendable {
    private let limit: Int
    /// How much of the block at the start of the buffer has been searched, in bytes.
    private var searched = 0
    /// Offset at which the line being searched starts.
    private var lineStart = 0
    /// Whether a line of the block that is not blank has ended.
    private var hasLine = false

    /// A splitter for one response.
    ///
    /// - Parameter limit: how many bytes a block may have; the LF of its closing CR LF is not
    ///   counted.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Looks for the block at the start of the buffer.
    ///
    /// - Parameter buffer: all bytes of the body that no block has been made of yet. The caller drops
    ///   a block's bytes before it looks for the next; after nil it calls again with the same bytes
    ///   and more behind them, and what has been searched is not searched again.
    /// - Returns: the block's length in bytes, or nil when its end has not come yet.
    /// - Throws: ``SSEViolation/blockTooLong(limit:)``, at the latest when the buffer holds more than
    ///   `limit` bytes without the end of a block.
    public mutating func nextBlock(in buffer: Span<UInt8>) throws(SSEViolation) -> Int? {
        let bound = min(buffer.count, limit)
        while true {
            let lineEnd = SSELine.end(buffer, from: searched, limit: bound)
            searched = lineEnd
            guard lineEnd < bound else { break }
            if lineEnd > lineStart {
                hasLine = true
            } else if hasLine, !isSecondHalf(buffer, lineEnd) {
                restart()
                return SSELine.next(buffer, after: lineEnd)
            }
            searched = lineEnd + 1
            lineStart = searched
        }
        if buffer.count > limit { throw .blockTooLong(limit: limit) }
        return nil
    }

    /// What is left when the body has ended: the last block, which no blank line ends.
    ///
    /// - Parameter buffer: as in ``nextBlock(in:)``, which must have given nil for it.
    /// - Returns: the block's length in bytes, or nil when nothing is left.
    public mutating func lastBlock(in buffer: Span<UInt8>) -> Int? {
        restart()
        return buffer.isEmpty ? nil : buffer.count
    }

    /// Whether the byte at `offset` is the LF of a CR LF, whose CR has already ended the line.
    @inline(__always)
    private func isSecondHalf(_ buffer: Span<UInt8>, _ offset: Int) -> Bool {
        offset > 0 && buffer[offset] == SSEByte.lineFeed
            && buffer[offset - 1] == SSEByte.carriageReturn
    }

    private mutating func restart() {
        searched = 0
        lineStart = 0
        hasLine = false
    }
}
