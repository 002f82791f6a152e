/// The streams that have an opening and no end yet: a fold over the log.
public struct OpenStreams: Equatable, Sendable {
    /// One of them.
    public struct Stream: Equatable, Sendable {
        /// Position of its `connectionOpened`.
        public let firstPosition: Int64
        /// Where it is.
        public var tail: StreamTail

        /// A stream that began at a position.
        public init(firstPosition: Int64, tail: StreamTail) {
            self.firstPosition = firstPosition
            self.tail = tail
        }
    }

    /// By connection.
    public private(set) var streams: [Int64: Stream] = [:]

    /// None.
    public init() {}

    /// A stream that is known to be open.
    public mutating func insert(_ connection: Int64, _ stream: Stream) {
        streams[connection] = stream
    }

    /// Takes the next event. Who leaves out events that are no ``EventHeader/isTurningPoint`` gets the
    /// same streams, but their ordinals lag.
    public mutating func take(_ header: EventHeader, at position: Int64) {
        if header.knownKind == .connectionOpened {
            var tail = StreamTail(ordinal: 0)
            tail.add(header)
            streams[header.connection] = Stream(firstPosition: position, tail: tail)
            return
        }
        guard var stream = streams[header.connection] else { return }
        stream.tail.add(header)
        streams[header.connection] = stream.tail.isEnded ? nil : stream
    }

    /// The connections, ascending.
    public var connections: [Int64] { streams.keys.sorted() }
}

extension EventHeader {
    /// Whether the event opens or ends a connection or a request.
    public var isTurningPoint: Bool {
        switch knownKind {
        case .connectionOpened, .connectionClosed, .requestSent, .streamEnded, .requestFailed: true
        default: false
        }
    }
}
