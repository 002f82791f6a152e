import Events
import IOLoop
import Session
import Wire

/// The one interpreter of ``Effect``.
extension IDEConnection {
    /// Performs an effect of the event with that ordinal and body.
    func perform(_ effect: Effect, _ ordinal: Int64, _ body: Span<UInt8>) {
        switch effect {
        case .accept: stageHandshake()
        case .post(let frame, let request): beginTurn(frame, request)
        case .reject(let text): reject(text, cause: ordinal)
        case .forward:
            stageText(ordinal, body.count) { output in
                Self.reserve(body.count, in: &output)
                server.desk.appendForwarded(body, to: &output)
            }
        case .send(let text): stageText(ordinal, text.count) { $0.append(contentsOf: text) }
        case .pong: stage { WebSocketFrameWriter.append(.pong, payload: body, to: &$0) }
        case .ping: stage { WebSocketFrameWriter.append(.ping, payload: Span(), to: &$0) }
        case .confirmDelivery(let atOnce): confirmDelivery(atOnce: atOnce)
        case .endTurn(let end): endTurn(end, cause: ordinal)
        case .cancelRequest: cancelTurn(.cancelled, "the IDE left")
        case .close(let closed, let code): close(closed, code: code, cause: ordinal)
        case .log(let line): server.recorder.whenCommitted(.line(server.log, line))
        }
    }

    private func beginTurn(_ frame: Int64, _ body: [UInt8]) {
        let request = state.ordinal &+ 1
        let turn = Turn(
            request: request,
            body: body,
            connection: self,
            maxBlockBytes: server.settings.maxMessageBytes
        )
        self.turn = turn
        record(.requestSent, cause: frame, sharing: body)
        resumeReading()
        server.recorder.whenCommitted(.post(self, turn))
    }

    private func reject(_ text: [UInt8], cause: Int64) {
        let ordinal = state.ordinal &+ 1
        record(.frameRejected, cause: cause, text.span)
        stageText(ordinal, text.count) { $0.append(contentsOf: text) }
        confirmDelivery(atOnce: false)
    }

    private func endTurn(_ end: StreamEnd, cause: Int64) {
        turn?.detach()
        turn = nil
        record(.streamEnded, cause: cause, detail: end.rawValue)
    }

    /// Closes the request that is under way and puts its failure on record.
    func cancelTurn(_ failure: RequestFailure, _ reason: String) {
        guard let turn else { return }
        turn.cancel()
        self.turn = nil
        record(
            .requestFailed,
            cause: turn.request,
            detail: failure.rawValue,
            reason.utf8.span
        )
    }

    /// Ends the WebSocket. Without a cause it is not a decision but something that happened.
    func close(_ closed: ConnectionClosed, code: Int64, cause: Int64 = 0) {
        guard state.isOpen else { return }
        server.release(socket)
        leftAt = server.loop.now
        let body = closed.body
        record(.connectionClosed, cause: cause, detail: code, body.span)
        // Not before: a decision stands directly after its cause.
        if ledger.hasUnrecorded { recordDelivery() }
        stage { output in
            let code = WebSocketCloseCode(rawValue: UInt16(truncatingIfNeeded: code))
            if code.mayBeSent {
                WebSocketFrameWriter.appendClose(code, reason: closed.reason, to: &output)
            } else {
                WebSocketFrameWriter.append(.close, payload: Span(), to: &output)
            }
        }
        resumeReading()
        armPulse()
        server.recorder.whenCommitted(.finish(self))
    }

    private func stageHandshake() {
        stage { try? HTTPHeadWriter.append(handshake, to: &$0) }
    }

    /// Makes room for a long payload once: growing by doubling would hold it two and three times.
    private static func reserve(_ payloadBytes: Int, in output: inout [UInt8]) {
        guard payloadBytes > 64 << 10 else { return }
        output.reserveCapacity(output.count + payloadBytes + 16)
    }

    private func stageText(
        _ ordinal: Int64,
        _ expectedBytes: Int,
        _ render: (inout [UInt8]) -> Void
    ) {
        var payloadBytes = 0
        let end = stage { output in
            payloadBytes = WebSocketFrameWriter.append(
                .text,
                expected: expectedBytes,
                to: &output,
                render: render
            )
        }
        ledger.staged(ordinal: ordinal, end: end, payloadBytes: payloadBytes)
    }
}
