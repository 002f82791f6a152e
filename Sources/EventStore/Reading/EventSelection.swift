import Events

/// Which events a reader is to give.
struct EventSelection {
    /// Nil: those of all connections.
    var connection: Int64?
    var from: Int64
    var through: Int64
    /// Nil: those of all kinds, also of those unknown here.
    var kinds: Set<EventKind>?

    /// Whether an event within the range is one of them.
    func contains(_ header: EventHeader) -> Bool {
        guard connection == nil || header.connection == connection else { return false }
        guard let kinds else { return true }
        return header.knownKind.map(kinds.contains) ?? false
    }

    /// Bit *n* set: those of kind *n*. Nil: those of all kinds.
    var kindMask: Int64? { kinds.map { $0.reduce(0) { $0 | 1 << Int64($1.rawValue) } } }
}

/// Takes an event: position, header, stored checksum, body (valid during the call). Returns whether
/// to go on.
public typealias EventVisitor = (
    _ position: Int64, _ header: EventHeader, _ checksum: UInt32, _ body: Span<UInt8>
) throws -> Bool
