import Postmortem

extension ConnectionSummary {
    /// The id in the path and the session it led to: `new_1 → abc-123`.
    var ids: String {
        let path = state.pathID.isEmpty ? "?" : state.pathID
        guard let session = state.identity?.sessionID?.text, session != path else { return path }
        return "\(path) → \(session)"
    }
}
