import Events
import Wire

/// Reads out of one event by itself what tells events apart: the type of a frame or chunk, and the id it
/// speaks of. A spare one can be used again and again.
public struct PayloadReading {
    private var scanner = JSONScanner()
    private var block = SSEBlockReader()

    /// What an event says of itself; nil: nothing.
    public struct Marks: Equatable, Sendable {
        /// The `type` of the JSON object in a frame or chunk.
        public var type: String?
        /// `session_id` in a frame, chunk or request; the id in the path of an opening.
        public var id: String?
    }

    /// A reading that has read nothing.
    public init() {}

    /// Reads an event. Of what it cannot read it knows nothing.
    public mutating func read(_ header: EventHeader, _ body: Span<UInt8>) -> Marks {
        switch header.knownKind {
        case .connectionOpened: Marks(type: nil, id: ConnectionOpened(body)?.id)
        case .frameReceived where FrameDetail(header.detail).opcode <= 2:
            object(body, hasType: true)
        case .frameRejected where header.detail == 0: object(body, hasType: true)
        case .requestSent: object(body, hasType: false)
        case .chunkReceived: chunk(body)
        default: Marks()
        }
    }

    /// A byte order mark is left out wherever it is: the first chunk of an answer cannot be told from others
    /// by itself.
    private mutating func chunk(_ body: Span<UInt8>) -> Marks {
        block.read(body, isFirst: true)
        if block.isJoined {
            let data = block.joinedData
            return object(data.span, hasType: true)
        }
        guard block.dataRange.upperBound <= body.count else { return Marks() }
        return object(body.extracting(block.dataRange), hasType: true)
    }

    private mutating func object(_ text: Span<UInt8>, hasType: Bool) -> Marks {
        guard (try? scanner.scan(text)) == .object else { return Marks() }
        return Marks(
            type: hasType ? scanner.string("type", in: text) : nil,
            id: scanner.string("session_id", in: text)
        )
    }
}
