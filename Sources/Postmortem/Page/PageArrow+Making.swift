import Events
import Session

extension PageArrow {
    /// The arrows of an event.
    ///
    /// - Parameters:
    ///   - title: what it was, in a few words.
    ///   - text: what the IDE said.
    ///   - before: the state before it.
    static func make(
        _ header: EventHeader,
        _ step: ConnectionReplay.Step,
        title: String,
        text: String,
        before: SessionState
    ) -> [PageArrow] {
        switch step.event {
        case .connectionOpened(let opened):
            let style: Style = TemporaryID(opened.id) == nil ? .session : .temporary
            return [arrow(.ide, .gateway, "opens \(opened.target)", style)]
        case .messageReceived(.accepted(let type, _)):
            let label = text.isEmpty ? title : "\(type) “\(text)”"
            return [arrow(.ide, .gateway, label, .data)]
        case .messageReceived(.refused): return [arrow(.ide, .gateway, title, .bad)]
        case .pingReceived: return [arrow(.ide, .gateway, "ping", .faint)]
        case .pongReceived: return [arrow(.ide, .gateway, "pong", .faint)]
        case .closeReceived: return [arrow(.ide, .gateway, title, .plain)]
        case .violation: return [arrow(.ide, .gateway, title, .bad, isCut: true)]
        case .messageRejected: return [arrow(.gateway, .ide, "error frame", .bad)]
        case .requestSent:
            guard let id = before.identity?.sessionID else {
                return [arrow(.gateway, .agent, "POST without session_id", .temporary)]
            }
            return [arrow(.gateway, .agent, "POST, session_id \(id.text)", .session)]
        case .responseStarted(let status):
            let isGood = 200..<300 ~= status
            return [arrow(.agent, .gateway, title, isGood ? .plain : .bad)]
        case .chunkReceived(let chunk): return chunkArrows(chunk, step.effects, title)
        case .streamEnded: return [arrow(.agent, .gateway, title, .plain)]
        case .requestFailed: return failure(step.effects, title)
        case .framesDelivered: return [arrow(.gateway, .ide, "taken by the IDE", .faint)]
        case .connectionClosed(let closed, _): return [closing(closed.side, title)]
        case .heartbeatDue:
            let isPing = step.effects.contains(.ping)
            return [isPing ? arrow(.gateway, .ide, "ping", .faint) : mark(title, .bad)]
        case .unknown: return [mark(title, .faint)]
        }
    }

    private static func arrow(
        _ from: Lane,
        _ to: Lane,
        _ label: String,
        _ style: Style,
        isCut: Bool = false
    ) -> PageArrow {
        PageArrow(from: from, to: to, label: label, style: style, isCut: isCut)
    }

    private static func mark(_ label: String, _ style: Style) -> PageArrow {
        PageArrow(from: .gateway, to: .gateway, label: label, style: style)
    }

    private static func chunkArrows(
        _ chunk: ChunkReading,
        _ effects: [Effect],
        _ title: String
    ) -> [PageArrow] {
        let style: Style =
            switch chunk.content {
            case .sessionInfo(.id): .session
            case .sessionInfo(.temporaryID), .sessionInfo(.noID), .notAnObject: .bad
            case .object: .data
            case .none, .doneMark: .faint
            }
        var label = title.hasPrefix("chunk ") ? String(title.dropFirst(6)) : title
        if case .sessionInfo(.id(let id)) = chunk.content { label = "session_info: \(id.text)" }
        let came = arrow(.agent, .gateway, label, style)
        return effects.contains(.forward)
            ? [came, arrow(.gateway, .ide, "forwarded", style)] : [came]
    }

    /// Nobody but the gateway may have noticed.
    private static func failure(_ effects: [Effect], _ title: String) -> [PageArrow] {
        let failed = arrow(.agent, .gateway, title, .bad, isCut: true)
        let tells = effects.contains { effect in
            if case .send = effect { true } else { false }
        }
        return tells ? [failed, arrow(.gateway, .ide, "error frame", .bad)] : [failed]
    }

    private static func closing(_ side: ConnectionClosed.Side, _ title: String) -> PageArrow {
        switch side {
        case .ide: arrow(.ide, .gateway, title, .plain)
        case .gateway: arrow(.gateway, .ide, title, .plain)
        case .network: arrow(.ide, .gateway, title, .bad, isCut: true)
        }
    }
}
