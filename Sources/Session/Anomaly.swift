/// Something in a connection's events that should not be. It is kept in the state, never refused.
public struct Anomaly: Equatable, Sendable {
    /// What is wrong.
    public enum Kind: Equatable, Sendable {
        /// The agent announced another session than the connection is bound to.
        case conflictingSessionInfo(from: String, to: String)
        /// A `session_info` without an id.
        case sessionInfoWithoutID
        /// A `session_info` with a temporary id.
        case sessionInfoWithTemporaryID(String)
        /// Data in the stream that is not a JSON object.
        case dataNotAnObject
        /// Messages that waited for their turn when the IDE left; they were not posted.
        case messagesDropped(Int)
        /// An event that does not fit the state, e.g. a chunk outside a turn.
        case outOfPlace(String)
        /// An event that this version cannot read.
        case unreadable(kind: UInt8)
        /// An ordinal that does not follow the one before.
        case ordinalGap(expected: Int64)
    }

    /// Ordinal of the event.
    public var ordinal: Int64
    /// What is wrong with it.
    public var kind: Kind
}
