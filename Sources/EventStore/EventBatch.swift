import Events

/// The events of one loop turn on their way to the log: headers, and one arena with their bodies.
///
/// A batch belongs to one party at a time, and only the owner may touch it: its loop until
/// ``EventLog/submit(_:for:)``, the log until ``CommitObserver/committed(_:)`` or
/// ``CommitObserver/failed(_:error:)`` gives it back. That rule, which the queue's lock carries from
/// thread to thread, is what makes it safe to send. Batches are reused: no allocation once they
/// have grown to the size of a turn.
public final class EventBatch: @unchecked Sendable {
    /// What ``removeAll()`` keeps at most for the next turn, bytes of bodies.
    public static let keptBytes = 1 << 20
    /// What ``removeAll()`` keeps at most for the next turn, events.
    public static let keptEvents = 4_096
    /// From how many bytes on a body is shared rather than copied.
    static let sharedBytes = 64 << 10

    /// The headers in the order of append.
    public var headers: [EventHeader] { events.headers }
    /// Position of the first event, set by the log before ``CommitObserver/committed(_:)``; the
    /// others follow without a gap.
    public internal(set) var firstPosition: Int64 = 0

    /// Where each body ends in the arena.
    var ends: [Int] { events.ends }
    /// The bodies, one after the other, but for those that are shared.
    var arena: [UInt8] { events.arena }
    /// Long bodies with their places among the events, in order. In the arena they have no bytes.
    private(set) var shared: [(index: Int, body: [UInt8])] = []

    /// One value, so that an append is one access that is checked for exclusivity.
    private var events = Events()
    private struct Events {
        var headers: [EventHeader] = []
        var ends: [Int] = []
        var arena: [UInt8] = []

        mutating func append(_ header: EventHeader, _ body: Span<UInt8>) {
            headers.append(header)
            body.withUnsafeBufferPointer { arena.append(contentsOf: $0) }
            ends.append(arena.count)
        }
    }

    /// An empty batch.
    public init() {}

    /// Adds an event. A header of stream 0 gets its ordinal from the log, whatever it holds.
    public func append(_ header: EventHeader, body: Span<UInt8>) {
        events.append(header, body)
    }

    /// Adds an event as ``append(_:body:)`` does, but a long body is kept as it is: neither is it copied, nor
    /// does the arena grow by it.
    public func append(_ header: EventHeader, sharing body: [UInt8]) {
        guard body.count >= Self.sharedBytes else { return append(header, body: body.span) }
        shared.append((headers.count, body))
        sharedByteCount += body.count
        events.append(header, Span())
    }

    /// Whether there is nothing to write.
    public var isEmpty: Bool { headers.isEmpty }

    /// Number of events.
    public var count: Int { headers.count }

    /// Bytes of all bodies.
    public var byteCount: Int { arena.count + sharedByteCount }
    private var sharedByteCount = 0

    /// Empties the batch for the next turn. Keeps its memory up to ``keptBytes`` and
    /// ``keptEvents``, so that one huge turn is not paid for ever after.
    public func removeAll() {
        firstPosition = 0
        events.headers.removeAll(keepingCapacity: headers.capacity <= Self.keptEvents)
        events.ends.removeAll(keepingCapacity: ends.capacity <= Self.keptEvents)
        events.arena.removeAll(keepingCapacity: arena.capacity <= Self.keptBytes)
        shared = []
        sharedByteCount = 0
    }
}
