import Events
import Session

// What is missing or damaged.
extension ConnectionJudgement {
    /// Looks whether the event follows the one before, and is as it was written.
    mutating func checkPlace(
        _ moment: Moment,
        _ isIntact: Bool,
        _ desk: inout VerdictDesk
    ) {
        if !isIntact {
            doubt()
            if !hasDamage {
                hasDamage = true
                say(.damagedRow, [moment.evidence("damaged row")], "", &desk)
            }
        }
        defer { lastOrdinal = max(lastOrdinal, moment.ordinal) }
        guard isIntact, moment.ordinal != lastOrdinal &+ 1 else { return }
        doubt()
        if lastOrdinal == 0 {
            let words = "the first \(moment.ordinal &- 1) event(s) are not there"
            say(.beginningMissing, [moment.evidence("first event that is there")], words, &desk)
        } else if moment.ordinal > lastOrdinal {
            let first = lastOrdinal &+ 1
            let words = "ordinals \(first) to \(moment.ordinal &- 1) are not there"
            say(.logGap, [moment.evidence("first event after missing ones")], words, &desk)
        }
    }

    /// What has not been seen may have been there nevertheless.
    mutating func doubt() {
        isDoubtful = true
        isSessionDoubtful = true
        turn?.isDoubtful = true
        if identity.isUnbound { identity = .unknown }
    }

    /// A row that is not as it was written. It may have said anything: what it seems to be can begin and
    /// end something, but proves nothing.
    mutating func takeDamaged(
        _ event: Event,
        _ moment: Moment,
        _ desk: inout VerdictDesk
    ) {
        switch event {
        case .chunkReceived:
            turn?.blocks &+= 1
            turn?.events &+= 1
        case .requestSent:
            countPosted(moment)
            turn = JudgedTurn(request: moment, isDoubtful: true)
        case .streamEnded, .requestFailed:
            if let turn { sayBlocks(of: turn, &desk) }
            turn = nil
        case .connectionClosed:
            link = .closed
            if isTemporary { desk.memory.close(pathID, moment) }
        default: break
        }
    }
}
