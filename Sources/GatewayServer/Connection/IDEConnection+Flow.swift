import Events
import IOLoop
import Session

extension IDEConnection {
    /// Whether another frame of the IDE may be read. Its own frames cost it room as well: pongs and errors
    /// that it does not take.
    var canTakeFrames: Bool {
        state.isOpen && state.acceptsFrames && !isOverfull
    }

    private var isOverfull: Bool {
        heldBytes > Self.highMark || server.recorder.isOverfull
    }

    /// What is held for the IDE, in bytes: what waits for it, what has left and still lies before that, and
    /// what is kept to know when it has left.
    private var heldBytes: Int { socket.heldOutputBytes + ledger.byteCount }

    /// Stops reading the IDE until there is room.
    func holdBack() {
        socket.pauseReading()
        if server.recorder.isOverfull { server.holdBack(self) }
    }

    /// Stops reading the agent while the IDE or the log has too much to take: also in a turn that began when
    /// the last one's answer was still on its way.
    func throttle() {
        guard isOverfull, state.isOpen || server.recorder.isOverfull else { return }
        isThrottled = true
        turn?.pauseReading()
        if server.recorder.isOverfull { server.holdBack(self) }
    }

    /// Reads both sides again, as far as there is room.
    func resumeReading() {
        if socket.isReadingPaused, canTakeFrames { socket.resumeReading() }
        if isThrottled, !isOverfull || !state.isOpen && !server.recorder.isOverfull {
            isThrottled = false
            turn?.resumeReading()
        }
        let isHeldBack = isThrottled || state.isOpen && socket.isReadingPaused
        if isHeldBack, server.recorder.isOverfull { server.holdBack(self) }
    }

    /// Asks for the delivery of all frames so far to be put on record. When the socket has taken them
    /// already, nothing more will be heard of them from it.
    func confirmDelivery(atOnce: Bool) {
        ledger.confirm(atOnce: atOnce)
        guard ledger.advance(to: socket.sentBytes) else { return }
        server.recorder.whenCommitted(.perform { [self] in recordDeliveryIfDue() })
    }

    func recordDeliveryIfDue() {
        if ledger.advance(to: socket.sentBytes), state.isOpen { recordDelivery() }
    }

    /// Puts on record what the IDE's socket has taken.
    func recordDelivery() {
        let body = ledger.sent.body
        let through = ledger.sentThrough
        let isUrgent = ledger.isUrgent
        ledger.recorded()
        record(.framesDelivered, detail: through, body.span, isUrgent: isUrgent)
    }

    /// Begins to watch over silence: of the IDE, of its socket, of the agent when the IDE has left.
    func startPulse() {
        pulse = LoopTimer { [self] in beat() }
        armPulse()
    }

    /// Watches no more: nothing can happen to it.
    func endPulse() {
        if let pulse { server.loop.disarm(pulse) }
        pulse = nil
    }

    private func beat() {
        if state.isOpen { beatOpen() } else { beatLeft() }
        armPulse()
    }

    private func beatOpen() {
        let settings = server.settings
        let now = server.loop.now
        if socket.isSendBlocked, now &- lastSent >= settings.slowConsumerTimeout {
            let reason = "the IDE took nothing for \(settings.slowConsumerTimeout / 1_000_000) s"
            return drop(ConnectionClosed(by: .gateway, reason: reason), code: 1008)
        }
        // While the IDE's frames are not read, its pongs are not either.
        if !canTakeFrames { lastReceived = now }
        if settings.heartbeatInterval > 0, now &- lastReceived >= settings.heartbeatInterval {
            lastReceived = now
            record(.timerElapsed, detail: TimerKind.heartbeat.rawValue)
        }
    }

    private func beatLeft() {
        guard server.loop.now &- leftAt >= server.settings.finishTimeout else { return }
        cancelTurn(.finishTimeout, "the IDE left and the agent did not finish in time")
    }

    /// Closes without waiting for the IDE to take what is staged.
    func drop(_ closed: ConnectionClosed, code: Int64) {
        close(closed, code: code)
        server.recorder.whenCommitted(.perform { [socket] in socket.abort() })
    }

    /// Waits for the next moment at which something may be due.
    func armPulse() {
        guard let pulse else { return }
        let settings = server.settings
        let now = server.loop.now
        var delay = Int64.max
        if !state.isOpen {
            delay = leftAt &+ settings.finishTimeout &- now
        } else {
            if settings.heartbeatInterval > 0 {
                delay = lastReceived &+ settings.heartbeatInterval &- now
            }
            delay = min(delay, settings.slowConsumerTimeout)
        }
        server.loop.arm(pulse, after: max(delay, 10_000))
    }

    /// The gateway stops: at once when nothing is under way, else when the answer has ended.
    func drain() {
        guard state.isOpen, state.turn == nil else { return }
        close(ConnectionClosed(by: .gateway, reason: "the gateway stops"), code: 1012)
    }

    /// The gateway stops now.
    func stopNow() {
        cancelTurn(.gatewayStopping, "the gateway stops")
        drain()
    }

    /// The log cannot be written: what has been staged and is not in the log never leaves, and the IDE is
    /// told: by `refusal` when it still waits for its handshake. Nothing of this is on record.
    func failClosed(_ reason: String, _ refusal: HTTPAnswer) {
        if state.isOpen { server.release(socket) }
        turn?.abandon()
        turn = nil
        ledger = DeliveryLedger()
        endPulse()
        let isAccepted = isAccepted
        socket.discardUnreleased()
        socket.write { output in
            if isAccepted {
                FailureFrames.append(reason, to: &output)
            } else {
                refusal.append(to: &output, keepAlive: false)
            }
        }
        socket.owner = nil
        finish()
        server.awaitLeaving(socket)
    }

    /// Its end is not in the log: it closes without the frames that are not either.
    func finishUnrecorded() {
        socket.discardUnreleased()
        socket.owner = nil
        finish()
    }
}
