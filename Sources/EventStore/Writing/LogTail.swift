/// Where the log goes on.
struct LogTail: Equatable {
    /// Position of the last event.
    var position: Int64
    /// Ordinal of the last event of stream 0.
    var gatewayOrdinal: Int64
}
