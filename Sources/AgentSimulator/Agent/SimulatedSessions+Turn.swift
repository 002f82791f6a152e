extension SimulatedSessions {
    /// Answers a message of a type that the protocol has; nil for any other.
    ///
    /// - Parameter content: the message's content without failure markers.
    mutating func answer(
        _ request: AgentRequest,
        content: String,
        manner: SimulatorManner,
        at now: Int64
    ) -> Turn? {
        guard Self.types.contains(request.type) else { return nil }
        let id = request.sessionID ?? make(at: now)
        makeIfAbsent(id, at: now)
        return Turn(
            sessionID: id,
            isNewSession: request.sessionID == nil,
            isUserMessage: request.type == "user_message",
            chunks: chunks(request, content, manner, in: id)
        )
    }

    private static let types: Set = [
        "user_message", "tool_result", "switch_agent", "hitl_decision", "plan_decision",
    ]

    private mutating func chunks(
        _ request: AgentRequest,
        _ content: String,
        _ manner: SimulatorManner,
        in id: String
    ) -> [AgentChunk] {
        switch request.type {
        case "tool_result": return resultTaken(of: request.callID, manner, in: id)
        case "switch_agent":
            return [switched(to: request.agentType, in: id)]
                + say("You are now talking to \(request.agentType).", in: id)
        case "hitl_decision":
            update(id) { _ = $0.takeResult(of: request.callID) }
            return say("Your decision on \(request.callID): \(request.decision).", in: id)
        case "plan_decision":
            return planDecided(request.decision, on: request.approvalRequestID, in: id)
        default: return userSpoke(content, in: id)
        }
    }

    /// The words `tool`, `plan` and `agent` bring what they name; any other text is echoed.
    private mutating func userSpoke(_ content: String, in id: String) -> [AgentChunk] {
        update(id) { $0.remember("user", content) }
        let words = Set(content.lowercased().split { !$0.isLetter })
        if words.contains("tool") { return [callTool(in: id)] }
        if words.contains("plan") { return proposePlan(in: id) }
        let answer = "You said: \(content)"
        guard words.contains("agent") else { return say(answer, in: id) }
        return [switched(to: "coder", in: id)] + say(answer, in: id)
    }

    /// The text, a word a token, and the last of them final.
    private mutating func say(_ text: String, in id: String) -> [AgentChunk] {
        update(id) { $0.remember("assistant", text) }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return words.enumerated().map { index, word in
            let token = index == 0 ? String(word) : " \(word)"
            return .token(token, isFinal: index == words.count - 1)
        }
    }

    private mutating func callTool(in id: String) -> AgentChunk {
        let callID = makeID("call")
        update(id) { $0.waitForResult(of: callID) }
        return AgentChunk(
            "tool_call",
            isFinal: true,
            [
                .callID: JSONText.string(callID),
                .toolName: JSONText.string("read_file"),
                .arguments: JSONText.object([("path", JSONText.string("README.md"))]),
            ]
        )
    }

    private mutating func resultTaken(
        of callID: String,
        _ manner: SimulatorManner,
        in id: String
    ) -> [AgentChunk] {
        var isFirst = false
        update(id) { isFirst = $0.takeResult(of: callID) }
        if !isFirst, manner == .realRuntime { return [] }
        return say("The result of \(callID) came\(isFirst ? "." : " again.")", in: id)
    }

    private mutating func switched(to agent: String, in id: String) -> AgentChunk {
        var before = SimulatedSession.defaultAgent
        update(id) {
            before = $0.agent
            $0.agent = agent
        }
        return AgentChunk(
            "agent_switched",
            [
                .content: JSONText.string("Switched to \(agent)"),
                .agentType: JSONText.string(agent),
                .fromAgent: JSONText.string(before),
                .toAgent: JSONText.string(agent),
            ]
        )
    }
}
