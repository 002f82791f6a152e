/// What is to be expected of a connection that is driven again.
public struct DrivenConnection: Equatable, Sendable {
    /// How it ended.
    public struct End: Equatable, Sendable {
        /// `ide`, `gateway`, `network`.
        public var side: String
        /// Close code (RFC 6455 §7.4).
        public var code: Int64
        /// When, µs since 1970.
        public var at: Int64
    }

    /// Its number in the record.
    public var connection: Int64
    /// The id in its path.
    public var pathID: String
    /// The frames that it was sent.
    public var frames: [ExpectedFrame] = []
    /// Its end; nil: the record has none.
    public var end: End?
    /// Whether the IDE answered pings.
    public var answersPings = true
    /// After how many frames the IDE read no more; nil: it read all.
    public var readLimit: Int?
}
