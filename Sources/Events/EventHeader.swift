/// All of an event but its body and its position, which the writer assigns at append.
public struct EventHeader: Equatable, Sendable {
    /// The stream. One for each connection, never used again; 0 is the gateway itself.
    public var connection: Int64
    /// Place within the stream, from 1, gapless.
    public var ordinal: Int64
    /// Ordinal of the event in the same stream that led to this one; 0: none.
    public var cause: Int64
    /// Wall time in microseconds since 1970-01-01T00:00:00Z.
    public var at: Int64
    /// Stored number of the kind; ``EventKind`` when it is one this version knows.
    public var kind: UInt8
    /// Format of this kind's detail and body, from 1.
    public var version: UInt8
    /// A number whose meaning the kind says.
    public var detail: Int64

    /// A header made of its parts.
    public init(
        connection: Int64,
        ordinal: Int64,
        cause: Int64,
        at: Int64,
        kind: UInt8,
        version: UInt8 = 1,
        detail: Int64 = 0
    ) {
        self.connection = connection
        self.ordinal = ordinal
        self.cause = cause
        self.at = at
        self.kind = kind
        self.version = version
        self.detail = detail
    }

    /// A header of a known kind.
    public init(
        _ kind: EventKind,
        connection: Int64,
        ordinal: Int64,
        cause: Int64 = 0,
        at: Int64,
        detail: Int64 = 0
    ) {
        self.init(
            connection: connection,
            ordinal: ordinal,
            cause: cause,
            at: at,
            kind: kind.rawValue,
            detail: detail
        )
    }

    /// The kind, when this version knows it.
    public var knownKind: EventKind? { EventKind(rawValue: kind) }
}

/// An event as the log holds it.
public struct RecordedEvent: Equatable, Sendable {
    /// Place in the whole log, from 1, gapless.
    public var position: Int64
    /// All but position and body.
    public var header: EventHeader
    /// The checksum stored with the row; ``EventHeader/checksum(over:)`` when the row is intact.
    public var checksum: UInt32
    /// The exact bytes.
    public var body: [UInt8]

    /// An event made of its parts.
    public init(position: Int64, header: EventHeader, checksum: UInt32, body: [UInt8]) {
        self.position = position
        self.header = header
        self.checksum = checksum
        self.body = body
    }

    /// Whether the row is as it was written.
    public var isIntact: Bool { header.checksum(over: body.span) == checksum }
}
