/// Says what a block of an SSE response means, by WHATWG HTML §9.2.6.
///
/// A reader is made to be used again and again; its results are those of the block last read, and
/// its ranges count from that block's first byte. Data of a single line, the common case, is not
/// copied: it is a range of the block.
public struct SSEBlockReader: Sendable {
    /// What the block is for.
    public internal(set) var kind = SSEBlockKind.blank
    /// How many `data` lines the block has.
    public internal(set) var dataLineCount = 0
    /// The value of the block's last `data` line, which is the data when ``isJoined`` is false.
    public internal(set) var dataRange = 0..<0
    /// The values of several `data` lines joined by LF; of no meaning when ``isJoined`` is false.
    public internal(set) var joinedData: [UInt8] = []
    /// The value of `event`, or nil. The last of several counts.
    public internal(set) var eventType: Range<Int>?
    /// The value of `id`, or nil. One that contains a NUL is ignored, as the standard has it.
    public internal(set) var lastEventID: Range<Int>?
    /// The reconnection time of `retry` in milliseconds, or nil. Ignored unless it is all digits and
    /// fits.
    public internal(set) var retry: Int?
    /// Whether the data is exactly `[DONE]`.
    public internal(set) var isDone = false

    /// Room for more joined data than this is given back, so that one huge block costs its memory once.
    private static let capacityKept = 64 << 10

    /// A reader that has read nothing.
    public init() {}

    /// Whether the data comes from several lines and is in ``joinedData``.
    @inlinable
    public var isJoined: Bool { dataLineCount > 1 }

    /// Reads one block. Every input has a meaning; none is an error.
    ///
    /// - Parameters:
    ///   - block: the bytes of a block, its blank line included or, for an unterminated one, not.
    ///   - isFirst: whether it is the first of its response: only there is a byte order mark left
    ///     out (WHATWG HTML §9.2.5).
    public mutating func read(_ block: Span<UInt8>, isFirst: Bool) {
        forget()
        var offset = isFirst && Self.startsWithByteOrderMark(block) ? 3 : 0
        while offset < block.count {
            let end = SSELine.end(block, from: offset, limit: block.count)
            if end > offset { readLine(block, offset..<end) }
            guard end < block.count else { break }
            offset = SSELine.next(block, after: end)
        }
        isDone = dataLineCount == 1 && Self.equals(block, dataRange, "[DONE]")
    }

    /// Passes the data of the block last read to `body`; an empty span when it has none.
    ///
    /// - Parameter block: the block last read.
    @inlinable
    public func withData<Result, Failure>(
        in block: Span<UInt8>,
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if isJoined { return try body(joinedData.span) }
        guard dataRange.upperBound <= block.count else { return try body(Span()) }
        return try body(block.extracting(dataRange))
    }

    /// Whether the block has an `event` field whose value is exactly `name`.
    ///
    /// - Parameter block: the block last read.
    public func isEvent(_ name: StaticString, in block: Span<UInt8>) -> Bool {
        guard let eventType, eventType.upperBound <= block.count else { return false }
        return Self.equals(block, eventType, name)
    }

    private mutating func forget() {
        kind = .blank
        dataLineCount = 0
        dataRange = 0..<0
        joinedData.removeAll(keepingCapacity: joinedData.capacity <= Self.capacityKept)
        eventType = nil
        lastEventID = nil
        retry = nil
    }

    private static func startsWithByteOrderMark(_ block: Span<UInt8>) -> Bool {
        block.count >= 3 && block[0] == 0xEF && block[1] == 0xBB && block[2] == 0xBF
    }
}
