import Events
import Wire

/// Finds frames and chunks by the `type` of the JSON object they carry. JSON is only read where the bytes
/// can hold the type.
public struct TypePattern {
    /// The kinds that can carry a type.
    public static let kinds: Set<EventKind> = [.frameReceived, .frameRejected, .chunkReceived]

    private let type: String
    private let plain: ByteSearch
    /// With this in them, bytes may hold the type in another spelling.
    private let escape: ByteSearch
    private var reading = PayloadReading()

    /// For one type, byte for byte.
    public init(_ type: String) {
        self.type = type
        let bytes = Array(type.utf8)
        plain = ByteSearch(bytes)
        // A letter can only be spelled \u….
        let isPlain = bytes.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x2F && $0 != 0x5C }
        escape = ByteSearch(Array((isPlain ? #"\u"# : #"\"#).utf8))
    }

    /// Whether the event carries that type.
    public mutating func matches(_ header: EventHeader, _ body: Span<UInt8>) -> Bool {
        guard let kind = header.knownKind, Self.kinds.contains(kind),
            plain.isIn(body) || escape.isIn(body)
        else { return false }
        return reading.read(header, body).type.map { $0.utf8.elementsEqual(type.utf8) } ?? false
    }
}
