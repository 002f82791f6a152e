/// How large the head of a message may be. What is larger is refused, never cut.
public struct HTTPLimits: Equatable, Sendable {
    /// The whole head in bytes, blank line included. Past it: 431.
    public var maxHeadBytes: Int
    /// The number of fields. Past it: 431 (RFC 6585 §5).
    public var maxFields: Int
    /// The request target in bytes. Past it: 414 (RFC 9112 §3).
    public var maxTargetBytes: Int

    /// Limits; by default 16 KiB, 100 fields, 8 KiB (RFC 9112 §3 asks for 8000 bytes at least).
    public init(
        maxHeadBytes: Int = 16 * 1024,
        maxFields: Int = 100,
        maxTargetBytes: Int = 8 * 1024
    ) {
        self.maxHeadBytes = maxHeadBytes
        self.maxFields = maxFields
        self.maxTargetBytes = maxTargetBytes
    }

    /// The first line in bytes: the target with room for the method, the version and the spaces,
    /// or a status line.
    var maxStartLineBytes: Int { maxTargetBytes + 64 }

    /// How many empty lines before a request are skipped (RFC 9112 §2.2 asks for one at least).
    static let maxLeadingEmptyLines = 4
}
