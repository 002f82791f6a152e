import Events

/// Something in the log that is not as the gateway writes it.
public struct Finding: Equatable, Sendable {
    /// What is wrong.
    public enum Kind: Equatable, Sendable {
        /// The row is not as it was written.
        case damagedRow(stored: UInt32, computed: UInt32)
        /// There is no row from `from` up to the finding's position.
        case missingRows(from: Int64)
        /// The connection's events do not follow one another.
        case ordinalGap(expected: Int64)
        /// The gateway did something else than its rules say.
        case divergence(Divergence)
        /// The gateway did not do what its rules say.
        case missingDecision(DecidedEvent)
        /// The gateway did something that its rules do not say.
        case unexpectedDecision(DecidedEvent)
        /// The IDE's socket took another number of frames or bytes than were to be sent.
        case deliveryDiffers(expected: FramesDelivered, recorded: FramesDelivered)
    }

    /// Position of the row that shows it.
    public var position: Int64
    /// That row's connection.
    public var connection: Int64
    /// That row's place in the connection.
    public var ordinal: Int64
    /// What is wrong.
    public var kind: Kind
}
