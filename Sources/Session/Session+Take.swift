import Events

extension SessionState {
    /// Reads an event, decides what to do about it and takes it in: one step of a connection's life,
    /// the same whether it happens or is replayed. Effects are appended in the order they are to be
    /// performed; what `reading` found in a chunk stays in it until the next event.
    @discardableResult
    public mutating func take(
        _ header: EventHeader,
        _ body: Span<UInt8>,
        _ reading: inout EventReading,
        _ effects: inout [Effect]
    ) -> Event {
        let event = reading.read(header, body, isFirstChunk: turn?.chunks == 0)
        decide(event, header, body, &effects)
        evolve(event, header, body)
        return event
    }
}
