/// What a block is for.
public enum SSEBlockKind: UInt8, Equatable, Sendable {
    /// It has data: an event to dispatch (WHATWG HTML §9.2.6).
    case event
    /// It has fields, but no data: nothing is dispatched, though `event`, `id` or `retry` may say
    /// something. Unknown fields count here as well.
    case fields
    /// It has nothing but comments: a heartbeat.
    case comment
    /// It has nothing but line ends.
    case blank
}
