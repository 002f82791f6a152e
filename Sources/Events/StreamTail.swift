/// What must be known of a stream to end it on record: the fold of its headers, which can be taken
/// back event by event, the last one first.
public struct StreamTail: Equatable, Sendable {
    /// Ordinal of the last event; 0: the log has none.
    public private(set) var ordinal: Int64
    /// Ordinal of the request under way; 0: none.
    public private(set) var request: Int64
    /// Whether the WebSocket is over, or was never opened.
    public private(set) var isClosed: Bool

    /// A stream of which this is known.
    public init(ordinal: Int64, request: Int64 = 0, isClosed: Bool = true) {
        self.ordinal = ordinal
        self.request = request
        self.isClosed = isClosed
    }

    /// Whether nothing is under way.
    public var isEnded: Bool { isClosed && request == 0 }

    /// The event is in the log.
    public mutating func add(_ header: EventHeader) {
        ordinal = max(ordinal, header.ordinal)
        switch header.knownKind {
        case .connectionOpened: isClosed = false
        case .connectionClosed: isClosed = true
        case .requestSent: request = header.ordinal
        case .streamEnded, .requestFailed: request = 0
        default: break
        }
    }

    /// The event, the last one so far, is not in the log.
    public mutating func remove(_ header: EventHeader) {
        ordinal = header.ordinal &- 1
        switch header.knownKind {
        case .connectionOpened: isClosed = true
        case .connectionClosed: isClosed = false
        case .requestSent: request = 0
        // Of an end that a chunk decided the cause is the chunk, which is removed next.
        case .responseStarted, .chunkReceived, .streamEnded, .requestFailed: request = header.cause
        default: break
        }
    }

    /// The next event that the stream needs to be ended: first one for the request, then one for the
    /// connection; nil when it has ended. Bodies are the caller's.
    ///
    /// - Parameters:
    ///   - connection: The stream.
    ///   - now: Wall time, µs since 1970.
    ///   - failure: Why the request has failed.
    ///   - closeCode: How the connection has ended (RFC 6455 §7.4).
    public func ending(
        of connection: Int64,
        at now: Int64,
        _ failure: RequestFailure,
        closeCode: Int64
    ) -> EventHeader? {
        guard !isEnded else { return nil }
        return EventHeader(
            request != 0 ? .requestFailed : .connectionClosed,
            connection: connection,
            ordinal: ordinal &+ 1,
            cause: request,
            at: now,
            detail: request != 0 ? failure.rawValue : closeCode
        )
    }
}
