/// A connection to the gateway on which messages are sent and answered.
protocol Conversation {
    /// Sends a `user_message` and waits for its answer.
    func say(_ content: String) -> Turn
    /// Takes leave.
    func close()
}

/// Why there is no conversation.
struct ConversationFailure: Error, Equatable {
    /// What happened.
    let reason: String
}
