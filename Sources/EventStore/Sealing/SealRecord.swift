import Events

/// What the log was like at the end of a segment.
struct SealRecord: Equatable {
    /// The last event up to there.
    var tail: LogTail
    /// Greater than any connection number up to there.
    var nextConnection: Int64
    /// The streams without an end. Ordinals may lag; sealing finds them.
    var open: OpenStreams

    /// Before the first event of a log that begins at a position.
    init(beforePosition first: Int64) {
        tail = LogTail(position: first - 1, gatewayOrdinal: 0)
        nextConnection = 1
        open = OpenStreams()
    }

    init(tail: LogTail, nextConnection: Int64, open: OpenStreams) {
        self.tail = tail
        self.nextConnection = nextConnection
        self.open = open
    }
}
