import Events
import Postmortem

/// Tells whether an event is one that is searched for: what costs least is asked first.
struct EventSearch {
    var filter: EventFilter
    var pattern: BytePattern?
    var type: TypePattern?
    /// Nil: all connections.
    var connections: Set<Int64>?

    /// The kinds that can be found; nil: all.
    var kinds: Set<EventKind>? {
        guard type != nil else { return filter.kinds }
        return filter.kinds?.intersection(TypePattern.kinds) ?? TypePattern.kinds
    }

    /// Whether the event is wanted.
    mutating func finds(_ header: EventHeader, _ body: Span<UInt8>) -> Bool {
        guard filter.contains(header) else { return false }
        if let connections, !connections.contains(header.connection) { return false }
        if let pattern, !pattern.matches(body) { return false }
        return type?.matches(header, body) ?? true
    }
}
