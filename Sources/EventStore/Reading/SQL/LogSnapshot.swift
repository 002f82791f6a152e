/// A log at a moment.
struct LogSnapshot {
    /// By first position.
    var segments: [Segment]
    /// Position of the last event; 0: the log is empty.
    var through: Int64
}
