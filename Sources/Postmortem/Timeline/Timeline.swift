import Events
import Session

/// Tells what happened on one connection, or to the gateway itself (connection 0), event by event.
public struct Timeline {
    private var replay = ConnectionReplay()
    private var reading = EventReading()
    private var lastAt: Int64?
    private let outline: ConnectionOutline

    /// The outcome of a chunk whose data went to the IDE.
    public static let forwarded = "forwarded to the IDE"

    /// A timeline before the first event.
    ///
    /// - Parameter outline: of the same connection; without it nothing is known of turns and deliveries.
    public init(_ outline: ConnectionOutline = ConnectionOutline()) { self.outline = outline }

    /// Takes the connection's next row.
    public mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>
    ) -> TimelineEntry {
        let before = replay.state
        let step = step(header, body)
        defer { lastAt = header.at }
        let frame = Self.frame(of: step, header)
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
            turn: outline.turn(of: header),
            sendsFrame: frame != nil,
            taking: frame.flatMap { outline.taking(of: $0) },
            anomalies: replay.state.anomalies.dropFirst(before.anomalies.count).map(\.kind)
        )
    }

    /// The gateway's own events are part of no connection: there is nothing to fold.
    private mutating func step(
        _ header: EventHeader,
        _ body: Span<UInt8>
    ) -> ConnectionReplay.Step {
        guard header.connection != 0 else {
            return ConnectionReplay.Step(event: .unknown(kind: header.kind), effects: [])
        }
        return replay.take(header, body, &reading)
    }

    /// Ordinal of the event that deliveries of a step's frame to the IDE are counted by; nil: there is no
    /// such frame.
    private static func frame(of step: ConnectionReplay.Step, _ header: EventHeader) -> Int64? {
        if case .messageRejected = step.event { return header.cause }
        let sends = step.effects.contains { effect in
            switch effect {
            case .forward, .send: true
            default: false
            }
        }
        return sends ? header.ordinal : nil
    }

    private static func outcomes(_ step: ConnectionReplay.Step, wasOpen: Bool) -> [String] {
        var outcomes: [String] = step.effects.compactMap { effect in
            switch effect {
            case .forward: forwarded
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
