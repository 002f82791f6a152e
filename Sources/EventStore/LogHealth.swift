/// Whether the log takes events.
public enum LogHealth: Equatable, Sendable {
    /// It does.
    case writing
    /// It does not, since a wall time in µs since 1970; each batch fails at once. The log itself
    /// tries again until it can go on.
    case failing(reason: String, since: Int64)
    /// It has been closed.
    case closed
}
