/// Reads the frames of a WebSocket connection (RFC 6455 §5) after its handshake, and gives messages
/// whole and control frames as they come.
///
/// It is fed what has come and not been consumed:
///
///     repeat {
///         let (consumed, item) = try reader.receive(input.extracting(offset...))
///         offset += consumed
///         // perform the item; its payload is in reader.payload until the next call
///     } while item != nil
///
/// With no item all is consumed but at most 13 bytes: the beginning of a header. States:
///
///     header ──data frame──→ payload ──all read, final──→ item, header
///                            payload ──all read, not final──→ header, inside a message
///     header ──control frame─→ payload ──all read──→ item, header (inside a message as before)
///     close or a violation: finished; what comes later is consumed and ignored (§1.4, §5.5.1)
///
/// Limits are checked when a header is known, before its payload is kept. Text is checked as it
/// comes. Memory grows with the bytes that have come, not with the length announced.
public struct WebSocketFrameReader: Sendable {
    /// In how many frames a message may come; past it 1008. Without it, empty fragments would
    /// be a way to send for ever.
    public static let maxFragments = 65_536
    /// Buffers above this many bytes are given back after their message.
    public static let keptCapacity = 64 * 1024

    /// Which side this is.
    public let role: WebSocketRole
    /// How long a message may be in bytes, fragments together; past it 1009.
    public let maxMessageBytes: Int

    /// The payload of the item returned last, unmasked; good until the next call of
    /// ``receive(_:)``. With a text message it is valid UTF-8.
    public internal(set) var payload: [UInt8] = []

    /// The frame whose payload is being read; nil: a header comes next.
    var frame: Frame?
    /// The message being read, when its first frame has come and its last has not been read.
    var message: Message?
    /// The payload of the message so far; ``payload`` is needed for the control frames between.
    var assembly: [UInt8] = []
    var isFinished = false
    private var payloadIsUsed = false

    /// A reader at the beginning of the frames.
    public init(role: WebSocketRole, maxMessageBytes: Int) {
        self.role = role
        self.maxMessageBytes = maxMessageBytes
    }

    /// Reads up to the end of one item. `consumed` are the bytes of the input that need not be
    /// given again; without an item, more bytes are needed. After a violation nothing more is read.
    public mutating func receive(
        _ input: Span<UInt8>
    ) throws(WebSocketViolation) -> (consumed: Int, item: WebSocketItem?) {
        if isFinished { return (input.count, nil) }
        if payloadIsUsed { clearPayload() }
        do throws(WebSocketViolation) {
            let (consumed, item) = try read(input)
            payloadIsUsed = item != nil
            return (consumed, item)
        } catch {
            end()
            throw error
        }
    }

    /// Moves the payload of the last item out, so that keeping it costs no copy.
    public mutating func takePayload() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &payload)
        return taken
    }

    /// Gives back all memory that holds nothing: for a connection that is idle.
    public mutating func releaseBuffers() {
        if payloadIsUsed || payload.isEmpty {
            payload = []
            payloadIsUsed = false
        }
        if assembly.isEmpty { assembly = [] }
    }

    private mutating func read(
        _ input: Span<UInt8>
    ) throws(WebSocketViolation) -> (Int, WebSocketItem?) {
        var offset = 0
        while true {
            if frame == nil {
                let rest = input.extracting(offset..<input.count)
                guard let size = try readHeader(rest) else { return (offset, nil) }
                offset += size
            }
            offset += try readPayload(input.extracting(offset..<input.count))
            guard let frame, frame.remaining == 0 else { return (offset, nil) }
            self.frame = nil
            if let item = try finish(frame) { return (offset, item) }
        }
    }

    /// Nothing is read any more: a message half read is dropped.
    mutating func end() {
        isFinished = true
        assembly = []
    }

    private mutating func clearPayload() {
        payloadIsUsed = false
        if payload.capacity > Self.keptCapacity {
            payload = []
        } else {
            payload.removeAll(keepingCapacity: true)
        }
    }
}
