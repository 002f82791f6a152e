import Events
import Session

/// What the log has of a connection's stream, as far as it needs an end: the fold of its headers, which
/// can be taken back event by event, the last one first.
struct StreamRecord: Equatable {
    /// Ordinal of the last event; 0: the log has none.
    private(set) var ordinal: Int64
    /// Ordinal of the request under way; 0: none.
    private(set) var request: Int64 = 0
    /// Whether the WebSocket is over, or was never opened.
    private(set) var isClosed = true

    /// A stream after an event, with nothing to end.
    init(endedAt ordinal: Int64) { self.ordinal = ordinal }

    /// A stream with all that has been recorded of it.
    init(_ state: SessionState) {
        ordinal = state.ordinal
        request = state.turn?.request ?? 0
        isClosed = !state.isOpen
    }

    /// The event is in the log.
    mutating func add(_ header: EventHeader) {
        ordinal = header.ordinal
        switch header.knownKind {
        case .connectionOpened: isClosed = false
        case .connectionClosed: isClosed = true
        case .requestSent: request = header.ordinal
        case .streamEnded, .requestFailed: request = 0
        default: break
        }
    }

    /// The event, the last one so far, is not in the log.
    mutating func remove(_ header: EventHeader) {
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
}
