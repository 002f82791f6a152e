/// Takes a body out of the bytes of a connection (RFC 9112 §6 and §7.1).
///
/// It is fed what has come, says how much of that belonged to the body, and appends the content to
/// the caller's buffer. Chunk extensions and trailers are checked for their form and dropped. The
/// states of the chunked coding:
///
///     size → (extension) → sizeLineFeed → data → dataReturn → dataLineFeed → size …
///     sizeLineFeed of size 0 → trailerStart → trailer → trailerLineFeed → trailerStart …
///     trailerStart at CR → endLineFeed → complete
public struct HTTPBodyDecoder: Sendable {
    /// The longest size line of a chunk in bytes, extensions included.
    public static let maxChunkLineBytes = 1024
    /// All trailers together in bytes.
    public static let maxTrailerBytes = 16 * 1024

    enum State: Sendable {
        case length, untilClose, complete
        case size, `extension`, sizeLineFeed
        case data, dataReturn, dataLineFeed
        case trailerStart, trailer, trailerLineFeed, endLineFeed
    }

    var state: State
    /// Of `length` and `data`: the bytes still to come; of `size`: the number read so far.
    var remaining = 0
    /// Bytes of the size line, or of all trailers, so far.
    var lineBytes = 0
    /// How much more content may be announced.
    var allowance: Int

    /// A decoder at the beginning of a body. `limit` is the greatest size of the content in bytes,
    /// nil: none. Throws ``HTTPViolation/bodyTooLarge`` when a Content-Length is above it, so
    /// that nothing of such a body need be read.
    public init(_ framing: HTTPBodyFraming, limit: Int? = nil) throws(HTTPViolation) {
        allowance = limit ?? .max
        switch framing {
        case .none: state = .complete
        case .chunked: state = .size
        case .untilClose: state = .untilClose
        case .length(let length):
            if length > allowance { throw .bodyTooLarge }
            state = length > 0 ? .length : .complete
            remaining = length
        }
    }

    /// Whether the whole body has been read.
    public var isComplete: Bool { state == .complete }

    /// Appends the content in the input to `output`, and returns how many bytes of the input were
    /// the body's: all of them, unless the body ends before. After a throw `output` holds the
    /// content before the violation, and the decoder has no meaning.
    public mutating func decode(
        _ input: Span<UInt8>,
        into output: inout [UInt8]
    ) throws(HTTPViolation) -> Int {
        try input.withUnsafeBufferPointer { bytes throws(HTTPViolation) -> Int in
            var offset = 0
            while offset < bytes.count, state != .complete {
                switch state {
                case .data, .length: offset = take(bytes, offset, &output)
                case .size: offset = try readSize(bytes, offset)
                case .untilClose:
                    try spend(bytes.count)
                    output.append(contentsOf: bytes)
                    offset = bytes.count
                default:
                    try step(bytes[offset])
                    offset &+= 1
                }
            }
            return offset
        }
    }

    /// Says that the peer will send no more: the end of a body that lasts until then, and
    /// ``HTTPViolation/truncated`` for any other that is not complete.
    public mutating func endOfInput() throws(HTTPViolation) {
        guard state == .complete || state == .untilClose else { throw .truncated }
        state = .complete
    }

    /// Copies what there is of the chunk or of the counted body.
    private mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ offset: Int,
        _ output: inout [UInt8]
    ) -> Int {
        let count = min(remaining, bytes.count &- offset)
        let end = offset &+ count
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[offset..<end]))
        remaining &-= count
        if remaining == 0 { state = state == .length ? .complete : .dataReturn }
        return end
    }

    mutating func spend(_ count: Int) throws(HTTPViolation) {
        if count > allowance { throw .bodyTooLarge }
        allowance &-= count
    }
}
