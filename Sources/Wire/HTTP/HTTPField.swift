/// One field line of a head (RFC 9110 §5).
public struct HTTPField: Equatable, Sendable {
    /// The name as it was written; compare without regard to case.
    public var name: String
    /// The value without the white space around it. Bytes that are not UTF-8 stand as the
    /// characters of their numbers (ISO-8859-1).
    public var value: String

    /// A field made of its parts; the writer checks them (``HTTPHeadWriter``).
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
