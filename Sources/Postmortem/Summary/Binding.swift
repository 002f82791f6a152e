/// A connection was bound to a session.
public struct Binding: Equatable, Sendable {
    /// The connection.
    public var connection: Int64
    /// Position of the `session_info`.
    public var position: Int64
    /// When it came, µs since 1970.
    public var at: Int64
    /// The id before: temporary, or of another session.
    public var earlierID: String
    /// The session.
    public var sessionID: String
}
