import Events

/// Takes what people and programs have said out of a log's events and leaves what happened: verification and
/// verdicts give the same answer before and after.
///
/// What stays: types, roles, decisions, ids, truth values, statuses, names of events and of fields of the
/// protocol, and the numbers that the gateway itself wrote. Every other string becomes a placeholder of
/// the same length in bytes, every other number one with as many digits, and so does every body, or part
/// of one, that has no form.
public struct Redaction {
    private var events: EventRedaction
    private var connections: [Int64: ConnectionRedaction] = [:]

    /// `renamesIDs`: whether session ids get other names too, each the same wherever it stands. Ids that do
    /// not look like ids, and could be text, always do.
    public init(renamesIDs: Bool = false) { events = EventRedaction(renamesIDs: renamesIDs) }

    /// Redacts the next event. The events of one connection must come in their order, without a gap where
    /// there was none.
    ///
    /// - Returns: the new body, and the checksum for it: right exactly when the old one was.
    public mutating func take(
        _ header: EventHeader,
        checksum: UInt32,
        _ body: Span<UInt8>
    ) -> (body: [UInt8], checksum: UInt32) {
        let redacted = redact(header, body.withUnsafeBufferPointer { Array($0) })
        let fault = header.checksum(over: body) ^ checksum
        return (redacted, header.checksum(over: redacted.span) ^ fault)
    }

    private mutating func redact(_ header: EventHeader, _ body: [UInt8]) -> [UInt8] {
        guard header.connection != 0, !header.isOfRESTCall else {
            return events.redact(header, body, isFirstChunk: false)
        }
        var connection = connections.removeValue(forKey: header.connection) ?? .init()
        defer { connections[header.connection] = connection }
        return connection.take(header, body, &events)
    }
}
