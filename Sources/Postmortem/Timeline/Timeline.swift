import Events
import Session

/// Tells what happened on one connection, event by event.
public struct Timeline {
    private var replay = ConnectionReplay()
    private var reading = EventReading()
    private var lastAt: Int64?

    /// A timeline before the first event.
    public init() {}

    /// Takes the connection's next row.
    public mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>
    ) -> TimelineEntry {
        let before = replay.state
        let step = replay.take(header, body, &reading)
        defer { lastAt = header.at }
        return TimelineEntry(
            position: position,
            header: header,
            isIntact: header.checksum(over: body) == checksum,
            sinceLast: lastAt.map { header.at.subtractingReportingOverflow($0).partialValue },
            direction: header.direction(of: step.event),
            title: EventTitle.make(header, step.event, body),
            payload: body.withUnsafeBufferPointer { Array($0) },
            outcomes: Self.outcomes(step, wasOpen: before.isOpen),
            changes: StateChange.between(before, replay.state),
            anomalies: replay.state.anomalies.dropFirst(before.anomalies.count).map(\.kind)
        )
    }

    private static func outcomes(_ step: ConnectionReplay.Step, wasOpen: Bool) -> [String] {
        var outcomes: [String] = step.effects.compactMap { effect in
            switch effect {
            case .forward: "forwarded to the IDE"
            case .send(let text): "sent to the IDE: \(String(decoding: text, as: UTF8.self))"
            case .pong: "pong sent"
            case .ping: "ping sent"
            case .accept, .post, .reject, .confirmDelivery, .endTurn, .cancelRequest, .close, .log:
                nil
            }
        }
        if case .chunkReceived(let chunk) = step.event, !step.effects.contains(.forward),
            let reason = reason(chunk.content, wasOpen: wasOpen)
        {
            outcomes.append("not forwarded: \(reason)")
        }
        return outcomes
    }

    private static func reason(_ content: ChunkReading.Content, wasOpen: Bool) -> String? {
        switch content {
        case .none, .doneMark: nil
        case .notAnObject: "not a JSON object"
        case .object: wasOpen ? "outside a turn" : "the IDE is gone"
        case .sessionInfo: wasOpen ? "repeats the id" : "the IDE is gone"
        }
    }
}
