/// The top-level members of a chunk, in the order in which the Agent Runtime writes them.
enum ChunkKey: String, CaseIterable {
    case type
    case content
    case token
    case isFinal = "is_final"
    case sessionID = "session_id"
    case callID = "call_id"
    case toolName = "tool_name"
    case arguments
    case agentType = "agent_type"
    case fromAgent = "from_agent"
    case toAgent = "to_agent"
    case approvalRequestID = "approval_request_id"
    case plan
    case metadata
}
