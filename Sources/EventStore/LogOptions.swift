/// What an operator can choose about a log. Sizes in bytes, times in microseconds.
public struct LogOptions: Sendable {
    /// What a commit is safe against.
    public var sync: LogSync
    /// Size of a segment's file, or of the write-ahead log beside it, at which the next one begins.
    public var segmentBytes = 256 << 20
    /// Age of a segment at which the next one begins.
    public var segmentAge: Int64 = 86_400_000_000
    /// What is kept.
    public var retention = LogRetention()

    /// The defaults, but for what is given.
    public init(sync: LogSync = .full) { self.sync = sync }
}

/// What is kept of a log. Only whole sealed segments are removed, the oldest first, and none that a
/// stream still open has events in.
public struct LogRetention: Equatable, Sendable {
    /// Segments whose last event is older are removed, µs; nil: however old, they stay.
    public var maxAge: Int64?
    /// Segments are removed while all files of the log together are larger; nil: however many.
    public var maxBytes: Int64?

    /// Bounds, or none.
    public init(maxAge: Int64? = nil, maxBytes: Int64? = nil) {
        self.maxAge = maxAge
        self.maxBytes = maxBytes
    }
}
