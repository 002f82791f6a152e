import Events

/// How the events of a selection are found in a segment.
enum SegmentQuery: Equatable {
    /// Row by row in a range of positions.
    case scan
    /// By the index over connection and ordinal, which only a sealed segment has.
    case byConnection
    /// By the index over kinds, which only a sealed segment has. The kinds are those wanted.
    case byKind([UInt8])

    /// The kinds that the index leaves out: there are too many of them for an index to help.
    private static let unindexed: [EventKind] = [.chunkReceived, .framesDelivered]

    /// The cheapest query there is for a selection.
    init(_ selection: EventSelection, isSealed: Bool) {
        if isSealed, selection.connection != nil {
            self = .byConnection
        } else if isSealed, let kinds = selection.kinds,
            kinds.isDisjoint(with: Self.unindexed), !kinds.isEmpty
        {
            self = .byKind(kinds.map(\.rawValue).sorted())
        } else {
            self = .scan
        }
    }

    /// Parameters: first and last position, connection or NULL, mask of kinds or NULL.
    ///
    /// The indexes give positions only, which are sorted, since rows are given in the order of
    /// positions whatever the columns of a damaged row say; then each row is fetched by its position.
    var sql: String {
        switch self {
        case .scan:
            """
            SELECT \(Statement.eventColumns) FROM events
            WHERE position BETWEEN ?1 AND ?2
                AND (?3 IS NULL OR connection = ?3)
                AND (?4 IS NULL OR (?4 >> kind) & 1)
            ORDER BY position
            """
        case .byConnection:
            """
            SELECT \(Statement.eventColumns) FROM events
            WHERE position IN (
                    SELECT position FROM events INDEXED BY events_by_connection
                    WHERE connection = ?3 AND position BETWEEN ?1 AND ?2)
                AND (?4 IS NULL OR (?4 >> kind) & 1)
            ORDER BY position
            """
        case .byKind(let kinds):
            """
            SELECT \(Statement.eventColumns) FROM events
            WHERE position IN (
                SELECT position FROM events INDEXED BY events_by_kind
                WHERE kind NOT IN (\(Self.list(Self.unindexed.map(\.rawValue))))
                    AND kind IN (\(Self.list(kinds))) AND position BETWEEN ?1 AND ?2)
            ORDER BY position
            """
        }
    }

    private static func list(_ numbers: [UInt8]) -> String {
        numbers.map { "\($0)" }.joined(separator: ", ")
    }
}
