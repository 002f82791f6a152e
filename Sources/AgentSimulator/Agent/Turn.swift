/// What the agent has to say to one message, before any failure.
struct Turn: Equatable {
    let sessionID: String
    /// Whether the session was made for this message.
    let isNewSession: Bool
    /// Whether it came from the user, not from a tool or a decision.
    let isUserMessage: Bool
    /// Empty: an event stream without events.
    let chunks: [AgentChunk]

    /// Whether the session is announced.
    func announcesSession(_ manner: SimulatorManner) -> Bool {
        isNewSession || manner == .realRuntime && isUserMessage
    }
}
