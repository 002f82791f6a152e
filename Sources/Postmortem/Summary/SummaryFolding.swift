import Events

/// Sums connections up from the rows of a log, or from those that follow what is known elsewhere.
public protocol SummaryFolding {
    /// Takes the next row.
    ///
    /// - Parameter past: says what is known elsewhere of a connection that is not known here.
    mutating func take(
        position: Int64,
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>,
        past: (Int64) throws -> ConnectionFolds.Past
    ) rethrows
}
