/// An event of a connection that was finished.
public struct LateEvent: Equatable, Sendable {
    /// The connection.
    public var connection: Int64
    /// Place in the log.
    public var position: Int64
    /// When it was, µs since 1970.
    public var at: Int64
    /// Whether the row is not as it was written.
    public var isDamaged: Bool
    /// What it says that the IDE's socket had taken; nil: it is no ``EventKind/framesDelivered``.
    public var framesDelivered: Int64?
}
