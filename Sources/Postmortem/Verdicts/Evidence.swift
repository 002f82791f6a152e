/// An event that proves a verdict.
public struct Evidence: Equatable, Sendable {
    /// Its connection: the verdict's own, but for an id that two connections have used.
    public var connection: Int64
    /// Place in the log.
    public var position: Int64
    /// Place in the connection.
    public var ordinal: Int64
    /// When it was, µs since 1970.
    public var at: Int64
    /// What it was, in a few words.
    public var what: String

    /// An event that proves something.
    public init(connection: Int64, position: Int64, ordinal: Int64, at: Int64, what: String) {
        self.connection = connection
        self.position = position
        self.ordinal = ordinal
        self.at = at
        self.what = what
    }
}
