/// The blocks of an answer: a turn's chunks, and what the failures make of them.
enum AnswerBlocks {
    /// Pure: the same turn and failures always give the same blocks.
    static func make(
        _ turn: Turn,
        _ failures: FailureSet,
        _ manner: SimulatorManner
    ) -> [AnswerBlock] {
        if failures.has(.empty) { return [] }
        var blocks = content(turn, failures, manner)
        let announcement = announcement(turn, failures, manner)
        let late = failures.argument(.lateSessionInfo).map { index(afterTokens: $0, in: blocks) }
        blocks.insert(contentsOf: announcement, at: late ?? 0)
        if failures.has(.otherID) { insertOtherID(turn, manner, into: &blocks) }
        if failures.has(.doneEvent) {
            blocks.append(AnswerBlock(.other, event: "done", data: "{}"))
        }
        if failures.has(.doneData) { blocks.append(AnswerBlock(.other, data: "[DONE]")) }
        return blocks
    }

    private static func announcement(
        _ turn: Turn,
        _ failures: FailureSet,
        _ manner: SimulatorManner
    ) -> [AnswerBlock] {
        guard turn.announcesSession(manner) || failures.has(.repeatSessionInfo) else { return [] }
        if failures.has(.noSessionInfo) { return [] }
        let info = AnswerBlock(.sessionInfo, data: sessionInfo(turn, failures, manner))
        return failures.has(.sessionInfoTwice) ? [info, info] : [info]
    }

    private static func sessionInfo(
        _ turn: Turn,
        _ failures: FailureSet,
        _ manner: SimulatorManner
    ) -> String {
        if failures.has(.malformedSessionInfo) {
            return #"{"type":"session_info","session_id":"#
        }
        if failures.has(.sessionInfoWithoutID) {
            return AgentChunk.sessionInfo(idText: nil).json(manner, without: .sessionID)
        }
        if failures.has(.nullID) { return AgentChunk.sessionInfo(idText: "null").json(manner) }
        if failures.has(.numericID) { return AgentChunk.sessionInfo(idText: "12345").json(manner) }
        if failures.has(.temporaryID) { return AgentChunk.sessionInfo("new_12345").json(manner) }
        return AgentChunk.sessionInfo(turn.sessionID).json(manner)
    }

    private static func content(
        _ turn: Turn,
        _ failures: FailureSet,
        _ manner: SimulatorManner
    ) -> [AnswerBlock] {
        var chunks = turn.chunks
        if let count = failures.argument(.burst) {
            chunks = (1...count).map { .token(" \($0)", isFinal: $0 == count) }
        }
        if failures.has(.splitUTF8) { chunks.insert(.token("Привет, мир 🌍 "), at: 0) }
        if failures.has(.u2028) {
            chunks.insert(.token("a\u{2028}b\u{2029}c\u{85}d "), at: 0)
        }
        if let count = failures.argument(.big) {
            chunks.insert(.token(String(repeating: "x", count: count)), at: 0)
        }
        return strange(failures)
            + chunks.map { AnswerBlock($0.isToken ? .token : .other, data: $0.json(manner)) }
    }

    /// Blocks that hold no JSON object.
    private static func strange(_ failures: FailureSet) -> [AnswerBlock] {
        var blocks: [AnswerBlock] = []
        if failures.has(.notJSON) { blocks.append(AnswerBlock(.other, data: "this is not JSON")) }
        if failures.has(.array) { blocks.append(AnswerBlock(.other, data: "[1,2]")) }
        if failures.has(.number) { blocks.append(AnswerBlock(.other, data: "5")) }
        return blocks
    }

    private static func insertOtherID(
        _ turn: Turn,
        _ manner: SimulatorManner,
        into blocks: inout [AnswerBlock]
    ) {
        let other = AgentChunk.sessionInfo(turn.sessionID + "-other").json(manner)
        let index = Self.index(afterTokens: 1, in: blocks)
        blocks.insert(AnswerBlock(.sessionInfo, data: other), at: index)
    }

    /// The index after so many tokens; the end when there are fewer.
    private static func index(afterTokens count: Int, in blocks: [AnswerBlock]) -> Int {
        guard count > 0 else { return 0 }
        let tokens = blocks.indices.filter { blocks[$0].role == .token }
        return tokens.count < count ? blocks.count : tokens[count - 1] + 1
    }
}
