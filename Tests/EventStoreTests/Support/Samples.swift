import EventStore
import Events

extension EventBatch {
    /// A batch of events with text bodies.
    convenience init(_ events: [(EventHeader, String)]) {
        self.init()
        for (header, body) in events { append(header, body: Array(body.utf8).span) }
    }

    /// A batch of `count` chunks of one connection, their bodies of some length.
    convenience init(
        chunks count: Int,
        connection: Int64 = 1,
        firstOrdinal: Int64 = 1,
        length: Int = 110
    ) {
        let body = String(repeating: "x", count: length)
        self.init(
            (0..<Int64(count)).map { index in
                let ordinal = firstOrdinal + index
                let header = EventHeader(
                    .chunkReceived,
                    connection: connection,
                    ordinal: ordinal,
                    at: 1_763_800_000_000_000 + ordinal
                )
                return (header, body)
            }
        )
    }
}

extension EventLog {
    /// Appends and waits for the answer.
    @discardableResult
    func append(_ events: [(EventHeader, String)]) -> RecordingObserver {
        append(EventBatch(events))
    }

    /// Appends and waits for the answer.
    @discardableResult
    func append(_ batch: EventBatch) -> RecordingObserver {
        let observer = RecordingObserver()
        submit(batch, for: observer)
        observer.waitForAnswers()
        return observer
    }
}

extension LogReader {
    /// All events of a selection.
    func events(
        connection: Int64? = nil,
        kinds: Set<EventKind>? = nil,
        from: Int64 = 1,
        through: Int64 = .max
    ) throws -> [RecordedEvent] {
        var found: [RecordedEvent] = []
        try forEach(
            connection: connection,
            kinds: kinds,
            from: from,
            through: through
        ) { position, header, checksum, body in
            found.append(
                RecordedEvent(
                    position: position,
                    header: header,
                    checksum: checksum,
                    body: body.withUnsafeBufferPointer { Array($0) }
                )
            )
            return true
        }
        return found
    }
}

/// Events of a log folder, read by a connection of their own.
func readAll(_ folder: String) throws -> [RecordedEvent] {
    try LogReader(folder: folder).events()
}
