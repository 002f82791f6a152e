import Events
import Wire

/// What one SSE block of the agent means for the session.
public struct ChunkReading: Equatable, Sendable {
    /// What the block's data is.
    public enum Content: Equatable, Sendable {
        /// No data: a comment (heartbeat), a blank line, other fields.
        case none
        /// A JSON object: goes to the IDE.
        case object
        /// A `session_info` object: goes to the IDE and may bind.
        case sessionInfo(SessionInfo)
        /// Data that is not a JSON object.
        case notAnObject
        /// `[DONE]`, which is no data for anybody.
        case doneMark
    }

    /// The id in a `session_info`.
    public enum SessionInfo: Equatable, Sendable {
        /// The id of a session.
        case id(SessionID)
        /// An id that only an IDE may make up.
        case temporaryID(String)
        /// No id, or none that is a string with something in it.
        case noID
    }

    /// What the data is.
    public var content: Content
    /// Set when the block ends the answer.
    public var end: StreamEnd?
}
