import EventStore
import Events
import Postmortem
import Wire

/// Reads the events of a dialogue, redacts them where that is wanted, judges them, and gives them to a sink.
struct ExportRun {
    let log: LogReader
    let connections: [ConnectionSummary]
    /// Nil: nothing is redacted.
    var redaction: Redaction?

    /// Looked at now and then: whoever interrupts an export leaves no half of a file behind.
    let signals: StopSignals
    /// Events given.
    private(set) var events: Int64 = 0
    /// Rows read.
    private var rows: Int64 = 0
    /// Between two looks for a signal, rows.
    private static let step: Int64 = 1_024
    private var verdicts = VerdictFold()
    private var gateway: [RecordedEvent] = []

    init(
        _ log: LogReader,
        _ connections: [ConnectionSummary],
        _ redaction: Redaction?,
        _ signals: StopSignals
    ) {
        self.log = log
        self.connections = connections
        self.redaction = redaction
        self.signals = signals
    }

    /// Gives everything. Returns the bytes of the file.
    mutating func run(_ sink: inout some ExportSink, _ progress: ProgressLine) throws -> Int64 {
        let end = (try? log.lastPosition()) ?? .max
        try readGateway(through: end)
        for connection in connections {
            let through = min(connection.end, end)
            let outline = try ConnectionOutline(reading: connection, through: through, log)
            try sink.begin(connection, outline)
            var next = gateway.lastIndex { $0.position < connection.firstPosition } ?? 0
            try log.forEach(
                connection: connection.connection,
                from: connection.firstPosition,
                through: through
            ) { position, header, checksum, body in
                try goOn()
                while next < gateway.count, gateway[next].position < position {
                    judge(starts: gateway[next])
                    next += 1
                }
                let event = redacted(position, header, checksum, body)
                judge(event)
                try sink.take(event)
                events += 1
                progress.note(events)
                return true
            }
        }
        try readREST(through: end) { try sink.takeOfREST($0) }
        for event in gateway {
            if event.header.knownKind == .logGap { judge(event) }
            try sink.takeOfGateway(event)
            events += 1
        }
        verdicts.finish()
        let found = verdicts.takeNew().sorted { $0.precedes($1) }
        return try sink.finish(found)
    }

    /// What the gateway itself recorded in the dialogue's time, and the start before it.
    private mutating func readGateway(through end: Int64) throws {
        guard let first = connections.map(\.firstPosition).min() else { return }
        let last = min(end, connections.map(\.end).max() ?? end)
        var found: [RecordedEvent] = []
        let kinds: Set<EventKind> = [.gatewayStarted, .gatewayStopped, .logGap]
        try log.forEach(kinds: kinds, through: last) { position, header, checksum, body in
            guard header.connection == 0 else { return true }
            if position < first { found.removeAll() }
            if position > first || header.knownKind == .gatewayStarted {
                let bytes = body.withUnsafeBufferPointer { Array($0) }
                found.append(
                    RecordedEvent(
                        position: position,
                        header: header,
                        checksum: checksum,
                        body: bytes
                    )
                )
            }
            return true
        }
        gateway = found.map { redacted($0.position, $0.header, $0.checksum, $0.body.span) }
    }

    /// The REST calls of the dialogue's time that name one of its ids.
    private mutating func readREST(
        through end: Int64,
        _ body: (RecordedEvent) throws -> Void
    ) throws {
        guard let first = connections.map(\.firstPosition).min() else { return }
        let ids = Set(connections.flatMap { [$0.pathID] + $0.boundTo }).subtracting([""])
        let last = min(end, connections.map(\.end).max() ?? end)
        try log.forEach(kinds: [.restForwarded, .restExchanged], from: first, through: last) {
            position,
            header,
            checksum,
            bytes in
            try goOn()
            let text = bytes.withUnsafeBufferPointer { Array($0.prefix { $0 != 0x0A }) }
            let words = String(decoding: text, as: UTF8.self).split {
                "/?&=\" ".contains($0)
            }
            if words.contains(where: { ids.contains(PercentEncoding.decode($0) ?? "") }) {
                try body(redacted(position, header, checksum, bytes))
            }
            return true
        }
    }

    private mutating func goOn() throws(CommandFailure) {
        if rows % Self.step == 0, signals.haveCome { throw CommandFailure("interrupted") }
        rows += 1
    }

    private mutating func redacted(
        _ position: Int64,
        _ header: EventHeader,
        _ checksum: UInt32,
        _ body: Span<UInt8>
    ) -> RecordedEvent {
        if let taken = redaction?.take(header, checksum: checksum, body) {
            return RecordedEvent(
                position: position,
                header: header,
                checksum: taken.checksum,
                body: taken.body
            )
        }
        let bytes = body.withUnsafeBufferPointer { Array($0) }
        return RecordedEvent(position: position, header: header, checksum: checksum, body: bytes)
    }

    private mutating func judge(starts event: RecordedEvent) {
        if event.header.knownKind == .gatewayStarted { judge(event) }
    }

    private mutating func judge(_ event: RecordedEvent) {
        verdicts.take(
            position: event.position,
            event.header,
            checksum: event.checksum,
            event.body.span
        )
    }
}
