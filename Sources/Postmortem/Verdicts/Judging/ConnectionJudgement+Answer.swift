import Events
import Session

extension ConnectionJudgement {
    /// The answer ended well.
    mutating func endAnswer(_ moment: Moment, _ desk: inout VerdictDesk) {
        guard var turn else { return }
        self.turn = nil
        turn.keepRemnant()
        sayBlocks(of: turn, &desk)
        guard !turn.isDoubtful, !turn.hasBadInfo else { return }
        let evidence = Self.evidence(turn, moment.evidence("answer ended"))
        if turn.events == 0 {
            sayEmpty(turn, evidence, &desk)
        } else if identity.isUnbound {
            let words = "\(turn.events) event(s) came"
            say(.streamEndedWithoutSessionInfo, evidence, words, &desk)
        }
    }

    private mutating func sayEmpty(
        _ turn: JudgedTurn,
        _ evidence: [Evidence],
        _ desk: inout VerdictDesk
    ) {
        if identity.isUnbound {
            let words = "no session is known"
            say(.emptyAnswer, evidence, words, severity: .failure, &desk)
        } else {
            let words =
                turn.isToolResult ? "to a tool_result, as the agent answers a repeated one" : ""
            let severity: VerdictSeverity = turn.isToolResult ? .fine : .remark
            say(.emptyAnswer, evidence, words, severity: severity, &desk)
        }
    }

    /// The answer ended badly.
    mutating func fail(
        _ failure: RequestFailure,
        _ reason: String,
        _ moment: Moment,
        _ desk: inout VerdictDesk
    ) {
        let turn = self.turn ?? JudgedTurn(isDoubtful: true)
        self.turn = nil
        sayBlocks(of: turn, &desk)
        let evidence = Self.evidence(turn, moment.evidence("request failed (\(failure))"))
        // Whether it was the session_info that was still to come.
        let isAwaiting = identity.isUnbound && !turn.isDoubtful && !turn.hasBadInfo
        let words = Self.clip(reason)
        switch failure {
        case .status:
            say(.agentRefused, evidence, Self.refusal(turn.status, words), &desk)
        case .notEventStream: say(.notAnEventStream, evidence, words, &desk)
        case .resolveFailed, .connectTimeout:
            say(.requestFailed, evidence, words, side: .network, &desk)
        case .connectFailed:
            // The gateway's own limit, or a message that HTTP cannot carry.
            let isOwn =
                words.hasPrefix("too many requests") || words.hasPrefix("the request cannot")
            say(.requestFailed, evidence, words, side: isOwn ? .gateway : .agent, &desk)
        case .readTimeout, .brokenStream, .malformedResponse:
            let hasAnswer = turn.head != nil || turn.isDoubtful
            let name: VerdictName =
                !hasAnswer
                ? .requestFailed : isAwaiting ? .streamBrokeBeforeSessionInfo : .answerBroke
            say(name, evidence, words, &desk)
        case .cancelled, .finishTimeout:
            abandon(evidence.last, words, isAwaiting: isAwaiting, &desk)
        case .gatewayStopping, .gatewayRestarted:
            isEndExplained = true
            let name: VerdictName = isAwaiting ? .gatewayRestartedBeforeBinding : .answerBroke
            say(name, evidence, words, side: .gateway, &desk)
        case .logFailed:
            isEndExplained = true
            say(.logGap, evidence, words, &desk)
        }
    }

    /// The answer was given up because the IDE had gone. That it had gone was said then, unless the
    /// session_info was still to come.
    private mutating func abandon(
        _ end: Evidence?,
        _ words: String,
        isAwaiting: Bool,
        _ desk: inout VerdictDesk
    ) {
        guard let closing, let end else { return }
        if isAwaiting {
            let evidence = [closing.evidence, end]
            say(.leftBeforeSessionInfo, evidence, words, side: closing.faultSide, &desk)
        } else if !hasSaidLeaving {
            sayLeft(closing, end, &desk)
        }
    }

    /// Says what was odd in the answer's blocks.
    mutating func sayBlocks(of turn: JudgedTurn, _ desk: inout VerdictDesk) {
        if let mark = turn.repeated { sayRepeated(mark, &desk) }
        if let mark = turn.unreadable {
            let evidence = [mark.first.evidence("data that is no JSON object")]
            say(.dataNotAnObject, evidence, "\(mark.count) time(s) in this answer", &desk)
        }
        guard turn.hasBadInfo else { return }
        // Where the session is known all the same, it did no harm.
        let severity: VerdictSeverity? = identity.isUnbound ? nil : .remark
        if let mark = turn.malformedInfo {
            let evidence = [mark.first.evidence("session_info that is no JSON object")]
            say(.sessionInfoMalformed, evidence, "", severity: severity, &desk)
        }
        if let mark = turn.infoWithoutID {
            let evidence = [mark.first.evidence("session_info without an id")]
            say(.sessionInfoWithoutID, evidence, "", severity: severity, &desk)
        }
        if let mark = turn.infoTemporary {
            let evidence = [mark.first.evidence("session_info, id \(turn.temporaryID)")]
            let words = "it was \(turn.temporaryID)"
            say(.sessionInfoTemporaryID, evidence, words, severity: severity, &desk)
        }
    }

    private mutating func sayRepeated(_ mark: JudgedTurn.Mark, _ desk: inout VerdictDesk) {
        guard !hasSaidRepeated, case .session(let id, let since) = identity else { return }
        hasSaidRepeated = true
        let isForwarded = policy.sessionInfo == .always && opening != nil
        let evidence = [
            since.evidence("gave the id \(id)"),
            mark.first.evidence("session_info, id \(id), again"),
        ]
        let words = isForwarded ? "it went to the IDE" : "it was kept from the IDE"
        let severity: VerdictSeverity = isForwarded ? .remark : .fine
        say(.unexpectedSessionInfo, evidence, words, severity: severity, &desk)
    }

    private static func evidence(_ turn: JudgedTurn, _ end: Evidence) -> [Evidence] {
        var evidence: [Evidence] = []
        if let request = turn.request {
            evidence.append(request.evidence("request \(turn.posted.words)"))
        }
        if let head = turn.head { evidence.append(head.evidence("response \(turn.status)")) }
        return evidence + [end]
    }

    private static func refusal(_ status: Int64, _ body: String) -> String {
        let hint =
            switch status {
            case 401, 403: "; it does not take the key: GATEWAY__INTERNAL_API_KEY"
            case 404: "; it does not know the path, or the session"
            case 429: "; it limits how many requests it takes"
            default: ""
            }
        return "status \(status)\(hint)" + (body.isEmpty ? "" : ": \(body)")
    }

    /// The beginning of a reason, which may be an agent's whole page.
    private static func clip(_ reason: String) -> String {
        let kept = reason.unicodeScalars.prefix(200)
        return kept.endIndex == reason.unicodeScalars.endIndex ? reason : String(kept) + "…"
    }
}
