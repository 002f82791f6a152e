import Events

extension SessionState {
    /// Takes an event into the state. Never fails: what does not fit becomes an anomaly.
    public mutating func evolve(_ event: Event, _ header: EventHeader, _ body: Span<UInt8>) {
        if header.ordinal != ordinal &+ 1 { note(.ordinalGap(expected: ordinal &+ 1), header) }
        ordinal = header.ordinal
        if event.isFrame, !isOpen { return note(.outOfPlace("frame while not open"), header) }
        switch event {
        case .connectionOpened(let opened): open(opened, header)
        case .messageReceived(.accepted): enqueue(body, header)
        case .messageReceived(.refused), .pingReceived, .pongReceived, .closeReceived:
            unansweredHeartbeats = 0
        case .messageRejected, .violation: break
        case .requestSent: beginTurn(header)
        case .responseStarted(let status):
            guard turn != nil else {
                return note(.outOfPlace("response without a request"), header)
            }
            turn?.status = status
        case .chunkReceived(let chunk): take(chunk, header)
        case .streamEnded, .requestFailed:
            if turn == nil { note(.outOfPlace("end of an answer without a request"), header) }
            turn = nil
        case .framesDelivered(let through): deliveredThrough = max(deliveredThrough, through)
        case .connectionClosed(let closed, let code): close(closed, code, header)
        case .heartbeatDue: unansweredHeartbeats += 1
        case .unknown(let kind): note(.unreadable(kind: kind), header)
        }
    }

    private mutating func open(_ opened: ConnectionOpened, _ header: EventHeader) {
        guard link == .unopened else { return note(.outOfPlace("opened twice"), header) }
        link = .open
        pathID = opened.id
        identity = Identity(pathID: opened.id)
        policy = opened.policy
    }

    private mutating func enqueue(_ body: Span<UInt8>, _ header: EventHeader) {
        unansweredHeartbeats = 0
        let text = body.withUnsafeBufferPointer { Array($0) }
        waiting.append(WaitingMessage(frame: header.ordinal, text: text))
        waitingBytes += text.count
    }

    private mutating func beginTurn(_ header: EventHeader) {
        if turn != nil { note(.outOfPlace("request during a turn"), header) }
        if let index = waiting.firstIndex(where: { $0.frame == header.cause }) {
            waitingBytes -= waiting[index].text.count
            waiting.remove(at: index)
        } else {
            note(.outOfPlace("request without a message"), header)
        }
        turn = Turn(frame: header.cause, request: header.ordinal)
        turns += 1
    }

    private mutating func take(_ chunk: ChunkReading, _ header: EventHeader) {
        guard turn != nil else { return note(.outOfPlace("chunk outside a turn"), header) }
        turn?.chunks += 1
        if chunk.content != .none { turn?.events += 1 }
        switch chunk.content {
        case .none, .object, .doneMark: break
        case .notAnObject: note(.dataNotAnObject, header)
        case .sessionInfo(.id(let id)): bind(id, header)
        case .sessionInfo(.noID): note(.sessionInfoWithoutID, header)
        case .sessionInfo(.temporaryID(let id)): note(.sessionInfoWithTemporaryID(id), header)
        }
    }

    /// From this event on the connection belongs to the session, whatever becomes of the answer.
    private mutating func bind(_ id: SessionID, _ header: EventHeader) {
        if let old = identity?.sessionID, old != id {
            note(.conflictingSessionInfo(from: old.text, to: id.text), header)
        }
        identity = .session(id)
    }

    private mutating func close(_ closed: ConnectionClosed, _ code: Int64, _ header: EventHeader) {
        guard isOpen else { return note(.outOfPlace("closed when not open"), header) }
        link = .closed(closed, code: code)
        if !waiting.isEmpty { note(.messagesDropped(waiting.count), header) }
        waiting = []
        waitingBytes = 0
    }

    private mutating func note(_ kind: Anomaly.Kind, _ header: EventHeader) {
        anomalyCount += 1
        guard anomalies.count < Self.anomalyLimit else { return }
        anomalies.append(Anomaly(ordinal: header.ordinal, kind: kind))
    }
}
