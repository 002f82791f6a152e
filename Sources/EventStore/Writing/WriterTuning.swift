/// The numbers behind the writer's behaviour. Times in microseconds.
struct WriterTuning: Sendable {
    /// Bytes of a page. Larger ones leave less unused at the end of each (3 bytes an event from 4 to
    /// 8 KiB), but a commit writes whole pages to the WAL. Between 2 and 8 KiB the processor's time is
    /// the same, measured for small and for large commits.
    var pageBytes = 8_192
    /// Limit of the file in pages; nil: SQLite's own.
    var maximumPages: Int?
    /// How long the writer waits for a lock that only a stranger to the gateway can hold, ms.
    var lockPatience: Int32 = 1_000
    /// How many bytes of the WAL are made ahead of the writer with ``LogSync/full``, at least and at most. At
    /// 100 MB of WAL a second the most is used up in a third of a second.
    var walReserve = (1 << 20)...(32 << 20)
    /// WAL size from which a pause is used for a checkpoint. Under load there is none: a segment is
    /// over when its WAL has the size of a segment.
    var idleCheckpointBytes = 1 << 20
    /// How long nothing must have come for it to be a pause.
    var idleDelay: Int64 = 1_000_000
    /// A commit that takes longer shows that even the system's cache has no room, and no loop shall wait
    /// for that.
    var slowCommit: Int64 = 5_000
    /// How many commits are the writer's thread's after a slow one.
    var threadCommits = 100
    /// Segments waiting to be sealed that keep their connection; of further ones there are only files.
    var sealBacklog = 8
    /// Wait before a seal is tried again that a reader or an error has kept from being finished.
    var sealRetryDelay: Int64 = 2_000_000
    /// How often segments are looked over whether their time has come to be removed.
    var retentionInterval: Int64 = 60_000_000
    /// Wait before the first try to write again after a failure; doubled each time.
    var firstRetryDelay: Int64 = 250_000
    /// Bound of that wait.
    var longestRetryDelay: Int64 = 2_000_000
}
