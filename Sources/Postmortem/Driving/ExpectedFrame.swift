/// A text frame that a recorded IDE was sent.
public struct ExpectedFrame: Equatable, Sendable {
    /// The payload.
    public var payload: [UInt8]
    /// Ordinal of the event it came from.
    public var ordinal: Int64
    /// When that was, µs since 1970.
    public var at: Int64
    /// How many messages the IDE had sent on the connection before.
    public var message: Int
}
