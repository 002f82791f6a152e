import Events
import Session

extension ConnectionJudgement {
    mutating func close(
        _ closed: ConnectionClosed,
        _ code: Int64,
        _ moment: Moment,
        isDecided: Bool,
        _ desk: inout VerdictDesk
    ) {
        guard link != .closed else { return }
        link = .closed
        let closing = Closing(
            moment: moment,
            side: closed.side,
            code: code,
            reason: closed.reason
        )
        self.closing = closing
        if isTemporary { desk.memory.close(pathID, moment) }
        let isExplained = explain(closing, isDecided: isDecided, &desk) || isEndExplained
        hasSaidLeaving = isExplained
        if !isExplained, let turn, !turn.isDoubtful, !identity.isUnbound {
            sayLeft(closing, closing.evidence, &desk)
        }
        guard opening != nil, !isDoubtful else { return }
        if accepted > posted {
            let words = "\(accepted - posted) message(s)"
            say(.messagesDropped, [closing.evidence], words, side: closing.faultSide, &desk)
        }
        guard accepted == 0, posted == 0 else { return }
        if let refused {
            let frame = refused.first.evidence("message refused")
            let words = "\(refused.count) message(s); the first: \(refusal)"
            say(.allMessagesRefused, [frame, closing.evidence], words, &desk)
        } else if isTemporary, closing.side == .ide, let opening {
            let first = opening.evidence("opened, id \(pathID)")
            say(.neverMessaged, [first, closing.evidence], "", &desk)
        }
    }

    /// Says why the connection ended, when that needs saying.
    private mutating func explain(
        _ closing: Closing,
        isDecided: Bool,
        _ desk: inout VerdictDesk
    ) -> Bool {
        let evidence = closing.evidence
        if let violation {
            let first = violation.evidence("frame refused")
            say(.webSocketViolation, [first, evidence], violationReason, &desk)
            return true
        }
        switch closing.side {
        case .ide: return false
        case .network: say(.connectionLost, [evidence], closing.reason, &desk)
        case .gateway:
            guard !isEndExplained else { return true }
            switch (closing.code, isDecided) {
            case (1008, false): say(.slowConsumer, [evidence], closing.reason, &desk)
            case (1011, true):
                let beat = heartbeat.map { [$0.evidence("heartbeat")] } ?? []
                say(.heartbeatMissed, beat + [evidence], closing.reason, &desk)
            case (1011, false): say(.logGap, [evidence], closing.reason, &desk)
            // In good order: the IDE is told to come back.
            case (1012, _):
                say(.gatewayStopped, [evidence], closing.reason, severity: .fine, &desk)
            default: say(.gatewayStopped, [evidence], closing.reason, &desk)
            }
        }
        return true
    }

    /// Says that the IDE left in the middle of an answer.
    mutating func sayLeft(_ closing: Closing, _ last: Evidence, _ desk: inout VerdictDesk) {
        hasSaidLeaving = true
        let evidence = last == closing.evidence ? [last] : [closing.evidence, last]
        let side = closing.faultSide
        say(.leftDuringAnswer, evidence, closing.words, side: side, &desk)
    }

    mutating func sayBound(_ more: String, _ desk: inout VerdictDesk) {
        guard let binding else { return }
        self.binding = nil
        var evidence = [binding.moment.evidence("session_info, id \(binding.session)")]
        if let firstRequest { evidence.insert(firstRequest.evidence("first request"), at: 0) }
        let time = binding.time.map { " in \(Timestamp.duration($0))" } ?? ""
        desk.new.append(
            Verdict(
                .bound,
                connection: number,
                id: binding.session,
                evidence: evidence,
                words: "bound to \(binding.session)\(time)\(more)",
                bindingTime: binding.time
            )
        )
    }

    mutating func sayUndelivered(
        _ binding: Binding,
        _ closing: Closing,
        _ desk: inout VerdictDesk
    ) {
        let info = binding.moment.evidence("session_info, id \(binding.session)")
        let words =
            "\(binding.session); the connection ended (\(closing.words))"
            + " \(Timestamp.duration(closing.moment.since(binding.moment))) later"
        let side = closing.faultSide
        say(.sessionInfoUndelivered, [info, closing.evidence], words, side: side, &desk)
    }

    mutating func sayRefused(_ desk: inout VerdictDesk) {
        guard let refused else { return }
        self.refused = nil
        let words = "\(refused.count) message(s); the first: \(refusal)"
        say(.messageRefused, [refused.first.evidence("message refused")], words, &desk)
    }

    mutating func sayUnderWay(
        _ turn: JudgedTurn,
        lastAt: Int64,
        _ desk: inout VerdictDesk
    ) {
        guard let request = turn.request else { return }
        let span = Timestamp.duration(lastAt.subtractingReportingOverflow(request.at).partialValue)
        let state = turn.head == nil ? "no answer has come" : "\(turn.events) event(s) have come"
        let id = identity.isUnbound ? ", no session_info among them" : ""
        let evidence = [request.evidence("request \(turn.posted.words)")]
        say(.answerUnderWay, evidence, "\(state)\(id) in \(span)", &desk)
    }

    mutating func compareWithEarlierUse(_ moment: Moment, _ desk: inout VerdictDesk) {
        guard let before = desk.memory.open(pathID, moment),
            before.opening.connection != number
        else { return }
        let evidence = moment.evidence("opened, id \(pathID)")
        let wasOpen = before.closed.map { $0 > moment.position } ?? true
        if wasOpen, before.opening.position > desk.memory.startedAt {
            let first = before.opening.evidence("opened, id \(pathID)")
            let words = "connection \(before.opening.connection) has it too"
            say(.temporaryIDReused, [first, evidence], words, &desk)
        } else if let binding = before.binding, binding.position < moment.position {
            let first = binding.evidence("session_info, id \(before.session)")
            let isTold = before.isTold
            let words =
                isTold
                ? "the session is \(before.session)"
                : "the IDE had not been told of \(before.session)"
            say(
                .reconnectedWithTemporaryID,
                [first, evidence],
                words,
                side: isTold ? nil : .nobody,
                severity: isTold ? nil : .remark,
                &desk
            )
        }
    }

    /// Gives a verdict: the sentence of its name, and the particulars.
    mutating func say(
        _ name: VerdictName,
        _ evidence: [Evidence],
        _ particulars: String,
        side: FaultSide? = nil,
        severity: VerdictSeverity? = nil,
        _ desk: inout VerdictDesk
    ) {
        let sentence = name.summary
        desk.new.append(
            Verdict(
                name,
                connection: number,
                id: id,
                evidence: evidence,
                side: side,
                severity: severity,
                words: particulars.isEmpty ? sentence : "\(sentence.dropLast()) (\(particulars))."
            )
        )
    }
}

extension ConnectionJudgement.Closing {
    var evidence: Evidence { moment.evidence("closed by \(side.rawValue), code \(code)") }

    var words: String { "\(side.rawValue) \(code)" + (reason.isEmpty ? "" : ", \(reason)") }

    /// Who is at fault for what the end cut off.
    var faultSide: FaultSide {
        switch side {
        case .ide: .ide
        case .network: .network
        // An IDE that takes nothing, or breaks WebSocket, has itself to thank for it.
        case .gateway: [1002, 1003, 1007, 1008, 1009].contains(code) ? .ide : .gateway
        }
    }
}
