/// What the log has to say to operators, apart from its ``LogHealth``.
public enum LogNotice: Equatable, Sendable {
    /// A segment is sealed: its first and last position, and its bytes.
    case sealed(first: Int64, last: Int64, bytes: Int64)
    /// Retention has removed the segment that began at a position.
    case removed(first: Int64, bytes: Int64)
    /// Retention would remove the segment that begins at a position, but a stream that is still open
    /// began at or before its end.
    case heldBack(first: Int64, by: Int64)
    /// Something went wrong that does not keep events from being written; it is tried again.
    case problem(String)
}
