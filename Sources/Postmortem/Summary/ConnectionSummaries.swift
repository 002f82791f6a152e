import Events
import Session

/// Sums up all connections of a log in one pass over its rows.
public struct ConnectionSummaries {
    private var reading = EventReading()
    private var open: [Int64: Entry] = [:]

    private struct Entry {
        var summary: ConnectionSummary
        var replay = ConnectionReplay()
    }

    /// Nothing summed up.
    public init() {}

    /// Takes the next row.
    public mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>
    ) {
        guard header.connection > 0, !header.isOfRestExchange else { return }
        let number = header.connection
        var entry =
            open.removeValue(forKey: number)
            ?? Entry(
                summary: ConnectionSummary(
                    connection: number,
                    firstPosition: position,
                    openedAt: header.at,
                    lastAt: header.at
                )
            )
        let event = entry.replay.take(header, body, &reading).event
        if header.checksum(over: body) != checksum { entry.summary.damagedRows += 1 }
        entry.summary.lastAt = header.at
        count(event, body, &entry.summary)
        open[number] = entry
    }

    /// The connections by their beginning, the newest last.
    public var connections: [ConnectionSummary] {
        open.values
            .map { entry in
                var summary = entry.summary
                summary.state = entry.replay.state
                return summary
            }
            .sorted { $0.firstPosition < $1.firstPosition }
    }

    private func count(_ event: Event, _ body: Span<UInt8>, _ summary: inout ConnectionSummary) {
        switch event {
        case .connectionOpened: summary.hasOpening = true
        case .messageReceived: summary.messages += 1
        case .chunkReceived(let chunk):
            summary.chunks += 1
            guard case .sessionInfo(.id(let id)) = chunk.content,
                !summary.boundTo.contains(id.text),
                summary.boundTo.count < ConnectionSummary.boundLimit
            else { return }
            summary.boundTo.append(id.text)
        case .framesDelivered:
            summary.framesDelivered = FramesDelivered(body)?.frames ?? summary.framesDelivered
        default: break
        }
    }
}

extension EventHeader {
    /// Whether it tells of a REST call, which is no WebSocket connection.
    fileprivate var isOfRestExchange: Bool {
        knownKind == .restForwarded || knownKind == .restExchanged
    }
}
