import Events

/// A row of the log but for its body.
struct LogRow {
    var position: Int64
    var header: EventHeader
    var isIntact: Bool

    func finding(_ kind: Finding.Kind) -> Finding {
        Finding(
            position: position,
            connection: header.connection,
            ordinal: header.ordinal,
            kind: kind
        )
    }
}
