import Events

/// Where and when an event was.
struct Moment: Equatable, Sendable {
    var connection: Int64
    var position: Int64
    var ordinal: Int64
    var at: Int64

    init(_ header: EventHeader, position: Int64) {
        connection = header.connection
        self.position = position
        ordinal = header.ordinal
        at = header.at
    }

    /// The event as evidence.
    func evidence(_ what: String) -> Evidence {
        Evidence(
            connection: connection,
            position: position,
            ordinal: ordinal,
            at: at,
            what: what
        )
    }

    /// Since an earlier moment, µs.
    func since(_ earlier: Moment) -> Int64 {
        at.subtractingReportingOverflow(earlier.at).partialValue
    }
}
