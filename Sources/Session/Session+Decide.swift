// The life of a connection, by what has come (rows) and what is done about it:
//
//     event                 effects (given the state before the event)
//     ───────────────────── ────────────────────────────────────────────────────────────
//     connectionOpened      accept
//     message, accepted     post it, unless a turn is under way: then it waits
//     message, refused      reject
//     ping                  pong
//     close frame           close
//     violation             close
//     chunk                 forward; a session_info is confirmed; a done mark ends the turn
//     stream ended          post the next waiting message
//     request failed        send the error; post the next waiting message
//     connection closed     cancel the request, where the setting says so
//     heartbeat             ping, or close when the last ones were not answered
//
// A frame on a connection that is not open leads to nothing. When the gateway itself is going or was
// gone (request failed: gatewayStopping, gatewayRestarted, logFailed), no message is posted any more.
//
// Whether a post carries an id is read from `identity` and from nothing else.

import Events
import Wire

extension SessionState {
    /// Decides what to do about an event. `self` is the state before the event; the event must
    /// be evolved afterwards. Effects are appended in the order they are to be performed.
    public func decide(
        _ event: Event,
        _ header: EventHeader,
        _ body: Span<UInt8>,
        _ effects: inout [Effect]
    ) {
        if event.isFrame, !isOpen { return }
        switch event {
        case .connectionOpened(let opened): accept(opened, &effects)
        case .messageReceived(.accepted(let type, let summary)):
            log(.info, "Received \(type): \(summary)", &effects)
            if turn == nil, waiting.isEmpty { post(body, frame: header.ordinal, &effects) }
        case .messageReceived(.refused(let content)):
            effects.append(.reject(ErrorFrame.text(content)))
            log(.warning, "Rejected message: \(content)", &effects)
        case .pingReceived: effects.append(.pong)
        case .closeReceived(let code): answerClose(code, &effects)
        case .violation(let code, let reason):
            let closed = ConnectionClosed(by: .gateway, reason: reason)
            log(.warning, "WebSocket protocol error: \(reason)", &effects)
            effects.append(.close(closed, code: code))
        case .chunkReceived(let chunk): pass(chunk, &effects)
        case .streamEnded: endAnswer(&effects)
        case .requestFailed(let failure, let reason): failTurn(failure, reason, &effects)
        case .connectionClosed: leave(&effects)
        case .heartbeatDue: beat(&effects)
        case .pongReceived, .messageRejected, .requestSent, .responseStarted, .framesDelivered,
            .unknown:
            break
        }
    }

    private func accept(_ opened: ConnectionOpened, _ effects: inout [Effect]) {
        effects.append(.accept)
        let isTemporary = TemporaryID(opened.id) != nil
        if isTemporary {
            let text = "Temporary session ID detected, will create new session"
            effects.append(.log(LogLine(.info, opened.id, text)))
        }
        let text = "WebSocket connected (temp=\(isTemporary ? "True" : "False"))"
        effects.append(.log(LogLine(.info, opened.id, text)))
    }

    private func post(_ message: Span<UInt8>, frame: Int64, _ effects: inout [Effect]) {
        let id = identity?.sessionID
        log(
            .info,
            id == nil
                ? "Temporary session - NOT sending session_id to Agent Runtime"
                : "Sending session_id to Agent Runtime",
            &effects
        )
        effects.append(.post(frame: frame, body: RequestBody.make(message, sessionID: id)))
    }

    private func postNext(_ effects: inout [Effect]) {
        guard isOpen, let next = waiting.first else { return }
        post(next.text.span, frame: next.frame, &effects)
    }

    /// RFC 6455 §5.5.1: a close frame is answered with one of the same code.
    private func answerClose(_ code: Int64, _ effects: inout [Effect]) {
        effects.append(.close(ConnectionClosed(by: .ide, reason: ""), code: code))
    }

    private func pass(_ chunk: ChunkReading, _ effects: inout [Effect]) {
        guard turn != nil else { return }
        switch chunk.content {
        case .none, .doneMark: break
        case .object: if isOpen { effects.append(.forward) }
        case .notAnObject:
            log(.warning, "Ignored data of the agent that is not a JSON object", &effects)
        case .sessionInfo(let info): pass(info, &effects)
        }
        if let end = chunk.end { effects.append(.endTurn(end)) }
    }

    private func pass(_ info: ChunkReading.SessionInfo, _ effects: inout [Effect]) {
        var isRepeated = false
        switch info {
        case .id(let id):
            log(.info, "🆔 Received session_info chunk: session_id=\(id.text)", &effects)
            isRepeated = identity == .session(id)
            if !isRepeated {
                let isConflict = identity?.sessionID != nil
                let text = "Session ID updated: \(label) -> \(id.text)"
                log(isConflict ? .warning : .info, text, &effects)
            }
        case .noID: log(.warning, "Received session_info chunk without session_id", &effects)
        case .temporaryID(let id):
            log(.warning, "Received session_info chunk with temporary id: \(id)", &effects)
        }
        guard isOpen, !isRepeated || policy.sessionInfo == .always else { return }
        effects.append(.forward)
        effects.append(.confirmDelivery(atOnce: true))
    }

    private func endAnswer(_ effects: inout [Effect]) {
        guard let turn else { return }
        if turn.events == 0 { log(.info, "The agent's answer held no event", &effects) }
        if isOpen { effects.append(.confirmDelivery(atOnce: false)) }
        postNext(&effects)
    }

    private func failTurn(_ failure: RequestFailure, _ reason: String, _ effects: inout [Effect]) {
        guard let turn else { return }
        let content = ErrorFrame.content(failure, status: turn.status, reason: reason)
        log(.error, content, &effects)
        // After a restart or an outage of the log the socket is gone, whatever the state says: its end is recorded next.
        guard isOpen, failure != .gatewayRestarted, failure != .logFailed else { return }
        effects.append(.send(ErrorFrame.text(content)))
        effects.append(.confirmDelivery(atOnce: false))
        if failure != .gatewayStopping { postNext(&effects) }
    }

    private func leave(_ effects: inout [Effect]) {
        guard isOpen else { return }
        log(.info, "WebSocket disconnected", &effects)
        if turn != nil, policy.onDisconnect == .cancel { effects.append(.cancelRequest) }
    }

    /// While the IDE's frames are not read, its pongs are not either.
    private func beat(_ effects: inout [Effect]) {
        guard isOpen else { return }
        if acceptsFrames, unansweredHeartbeats >= policy.missedHeartbeats {
            let reason = "no answer to \(unansweredHeartbeats) heartbeats"
            log(.warning, "Closing: \(reason)", &effects)
            effects.append(.close(ConnectionClosed(by: .gateway, reason: reason), code: 1011))
        } else {
            effects.append(.ping)
        }
    }

    private func log(_ level: LogLevel, _ text: String, _ effects: inout [Effect]) {
        effects.append(.log(LogLine(level, label, text)))
    }
}
