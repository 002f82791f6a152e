import Wire

/// The calls besides messages (plain requests with JSON answers).
extension SimulatedAgent {
    /// The whole answer to a call.
    func rest(_ head: HTTPRequestHead, at now: Int64) -> [UInt8] {
        let path = HTTPPath.segments(of: head.path) ?? []
        if head.method == "POST", path == ["sessions"] {
            let id = sessions.make(at: now)
            return AnswerHead.json(sessions[id].map(Self.description) ?? "{}")
        }
        guard let text = found(path, query: head.query) else {
            return AnswerHead.refusal(404, "\(head.path) not found")
        }
        guard head.method == "GET" else {
            return AnswerHead.refusal(405, "method not allowed")
        }
        return AnswerHead.json(text)
    }

    /// What is at a path; nil: nothing.
    private func found(_ path: [String], query: String?) -> String? {
        switch path.first {
        case "health" where path.count == 1:
            return JSONText.object([
                ("status", JSONText.string("healthy")),
                ("service", JSONText.string("agent-simulator")),
                ("version", JSONText.string(AgentSimulator.version)),
            ])
        case "agents": return agents(path.dropFirst())
        case "sessions": return sessions(path.dropFirst())
        case "events": return events(path.dropFirst(), query)
        default: return nil
        }
    }

    private func agents(_ path: ArraySlice<String>) -> String? {
        if path.isEmpty {
            let agents = ["orchestrator", "coder", "architect"].map { name in
                JSONText.object([("type", JSONText.string(name)), ("name", JSONText.string(name))])
            }
            return JSONText.object([("agents", JSONText.array(agents))])
        }
        guard path.count == 2, path.last == "current" else { return nil }
        return session(path).map { session in
            JSONText.object([
                ("session_id", JSONText.string(session.id)),
                ("current_agent", JSONText.string(session.agent)),
            ])
        }
    }

    private func sessions(_ path: ArraySlice<String>) -> String? {
        if path.isEmpty {
            let all = sessions.all.suffix(100).map(Self.description)
            return JSONText.object([
                ("sessions", JSONText.array(all)), ("total", String(sessions.count)),
            ])
        }
        guard path.count == 2, let session = session(path) else { return nil }
        switch path.last {
        case "history": return Self.history(of: session)
        case "pending-approvals": return Self.pendingApprovals(of: session)
        default: return nil
        }
    }

    private func session(_ path: ArraySlice<String>) -> SimulatedSession? {
        path.first.flatMap { sessions[$0] }
    }

    private static func description(of session: SimulatedSession) -> String {
        JSONText.object([
            ("id", JSONText.string(session.id)),
            ("session_id", JSONText.string(session.id)),
            ("created_at", String(session.createdAt / 1_000_000)),
            ("message_count", String(session.history.count)),
            ("current_agent", JSONText.string(session.agent)),
        ])
    }

    private static func history(of session: SimulatedSession) -> String {
        let messages = session.history.map { entry in
            JSONText.object([
                ("role", JSONText.string(entry.role)), ("content", JSONText.string(entry.content)),
            ])
        }
        return JSONText.object([
            ("session_id", JSONText.string(session.id)), ("messages", JSONText.array(messages)),
        ])
    }

    private static func pendingApprovals(of session: SimulatedSession) -> String {
        let calls = session.pendingCalls.map { JSONText.object([("call_id", JSONText.string($0))]) }
        let plans = session.pendingPlans.map {
            JSONText.object([("approval_request_id", JSONText.string($0))])
        }
        return JSONText.object([
            ("session_id", JSONText.string(session.id)),
            ("pending_approvals", JSONText.array(calls + plans)),
        ])
    }
}
