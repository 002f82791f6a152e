import Events
import Session
import Wire

/// An event that a search has found, on one line. The columns of ``line`` and their order are an interface
/// (`docs/replay.md`).
public struct FoundEvent: Equatable, Sendable {
    /// Place in the log.
    public var position: Int64
    /// All but position and body.
    public var header: EventHeader
    /// Between whom it went.
    public var direction: TimelineEntry.Direction
    /// What it says of itself.
    public var marks: PayloadReading.Marks
    /// The exact bytes.
    public var payload: [UInt8]

    /// Reads an event by itself. `reading`, `payloads`: spare ones.
    public init(
        position: Int64,
        _ header: EventHeader,
        _ body: Span<UInt8>,
        _ reading: inout EventReading,
        _ payloads: inout PayloadReading
    ) {
        self.position = position
        self.header = header
        direction = header.direction(of: reading.read(header, body, isFirstChunk: true))
        marks = payloads.read(header, body)
        payload = body.withUnsafeBufferPointer { Array($0) }
    }

    /// The columns: time, position, connection, ordinal, direction, kind, type, id, payload. What is not
    /// there is `-`. None holds a tab or a line end, nor anything that a terminal would obey.
    public var columns: [String] {
        [
            Timestamp.iso8601(header.at), "\(position)", "\(header.connection)",
            "\(header.ordinal)", direction.rawValue, kind, Self.cell(marks.type),
            Self.cell(marks.id), payload.isEmpty ? "-" : TerminalText.make(payload),
        ]
    }

    /// One JSON object with the same members, `body` for the payload; `body_base64` too, when it is not
    /// UTF-8. What is not there is left out.
    public var json: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("at", Timestamp.iso8601(header.at))
        writer.add("position", position)
        writer.add("connection", header.connection)
        writer.add("ordinal", header.ordinal)
        writer.add("direction", direction.rawValue)
        writer.add("kind", kind)
        if let type = marks.type { writer.add("type", type) }
        if let id = marks.id { writer.add("id", id) }
        writer.add("body", String(decoding: payload, as: UTF8.self))
        if (try? UTF8Span(validating: payload.span)) == nil {
            writer.add("body_base64", Base64.encode(payload.span))
        }
        return writer.bytes
    }

    private var kind: String { header.knownKind?.name ?? "\(header.kind)" }

    /// A type or id of its own choosing can be long, and can be `-` or have spaces in it.
    private static func cell(_ text: String?) -> String {
        guard let text, !text.isEmpty else { return "-" }
        return TerminalText.make(text)
    }
}
