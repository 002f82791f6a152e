extension SimulatedSessions {
    /// A plan, and the question whether to follow it.
    mutating func proposePlan(in id: String) -> [AgentChunk] {
        let request = makeID("plan")
        update(id) { $0.waitForDecision(on: request) }
        let plan = JSONText.object([
            ("goal", JSONText.string("Answer the user")),
            (
                "subtasks",
                JSONText.array(
                    ["Read", "Write"].map { step in
                        JSONText.object([
                            ("description", JSONText.string(step)),
                            ("agent", JSONText.string("coder")),
                        ])
                    }
                )
            ),
        ])
        let values: [ChunkKey: String] = [
            .approvalRequestID: JSONText.string(request),
            .plan: plan,
        ]
        return [
            AgentChunk("plan_created", [.plan: plan]),
            AgentChunk("plan_approval_required", isFinal: true, values),
        ]
    }

    /// What follows the user's decision on a plan.
    mutating func planDecided(
        _ decision: String,
        on request: String,
        in id: String
    ) -> [AgentChunk] {
        update(id) { $0.takeDecision(on: request) }
        let about = [ChunkKey.approvalRequestID: JSONText.string(request)]
        func chunk(_ type: String, _ content: String, isFinal: Bool = false) -> AgentChunk {
            AgentChunk(
                type,
                isFinal: isFinal,
                about.merging([.content: JSONText.string(content)]) { $1 }
            )
        }
        switch decision {
        case "approve":
            return [
                chunk("status", "Following the plan"),
                chunk("subtask_completed", "Read"),
                chunk("subtask_completed", "Write"),
                chunk("execution_completed", "The plan is done", isFinal: true),
            ]
        case "modify":
            return [
                chunk("plan_modification_requested", "What is to be different?", isFinal: true)
            ]
        default:
            return [chunk("plan_rejected", "The plan is dropped", isFinal: true)]
        }
    }
}
