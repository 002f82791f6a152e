import Wire

/// The body of ``EventKind/framesDelivered``: what the IDE's socket has taken since the connection
/// opened. Control frames and the handshake do not count.
public struct FramesDelivered: Equatable, Sendable {
    /// Text frames.
    public var frames: Int64
    /// Bytes of their payloads.
    public var bytes: Int64

    /// A body made of its parts.
    public init(frames: Int64, bytes: Int64) {
        self.frames = frames
        self.bytes = bytes
    }

    /// Reads a body; nil when it is not one.
    public init?(_ body: Span<UInt8>) {
        var scanner = JSONScanner()
        guard (try? scanner.scan(body)) == .object,
            let frames = scanner.integer("frames", in: body),
            let bytes = scanner.integer("bytes", in: body)
        else { return nil }
        self.init(frames: frames, bytes: bytes)
    }

    /// The stored form, a JSON object.
    public var body: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("frames", frames)
        writer.add("bytes", bytes)
        return writer.bytes
    }
}
