/// What a commit is safe against.
public enum LogSync: Sendable {
    /// Every commit is on the disk before it is reported (`synchronous=FULL`): safe against a killed
    /// process and against loss of power.
    case full
    /// A commit is in the system's cache when it is reported (`synchronous=NORMAL`): safe against a
    /// killed process; the newest events can be lost with the power. The file stays consistent.
    case normal
}
