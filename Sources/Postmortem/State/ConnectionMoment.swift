import Events
import Session
import Wire

/// A connection as it was after one of its events: the fold of all events up to there.
public struct ConnectionMoment: Equatable, Sendable {
    /// Its number.
    public let connection: Int64
    /// Position of the event taken last; nil: none has been.
    public private(set) var position: Int64?
    /// When that was, µs since 1970.
    public private(set) var at: Int64?
    /// What was known then.
    public private(set) var state = SessionState()

    /// A connection before its first event.
    public init(connection: Int64) { self.connection = connection }

    /// Takes the connection's next event. `reading`: a spare one.
    public mutating func take(
        position: Int64,
        _ header: EventHeader,
        _ body: Span<UInt8>,
        _ reading: inout EventReading
    ) {
        var effects: [Effect] = []
        state.take(header, body, &reading, &effects)
        self.position = position
        at = header.at
    }

    /// What is different at another moment.
    public func changes(to later: ConnectionMoment) -> [FieldChange] {
        zip(state.fields, later.state.fields).filter { $0.value != $1.value }
            .map { FieldChange(name: $0.name, before: $0.value, after: $1.value) }
    }

    /// One JSON object: `connection`, `position` and `at` (left out before the first event), and all fields
    /// of the state.
    public var json: [UInt8] {
        var writer = JSONObjectWriter()
        addPlace(to: &writer)
        for field in state.fields { writer.add(field.name, json: field.value.json.span) }
        return writer.bytes
    }

    /// One JSON object: `connection`, the moments `from` and `to`, and `changes`, each with `field`,
    /// `before` and `after`.
    public func json(changesTo later: ConnectionMoment) -> [UInt8] {
        var changes = [UInt8(ascii: "[")]
        for change in self.changes(to: later) {
            if changes.count > 1 { changes.append(UInt8(ascii: ",")) }
            var writer = JSONObjectWriter()
            writer.add("field", change.name)
            writer.add("before", json: change.before.json.span)
            writer.add("after", json: change.after.json.span)
            changes += writer.bytes
        }
        changes.append(UInt8(ascii: "]"))
        var writer = JSONObjectWriter()
        writer.add("connection", connection)
        writer.add("from", json: place.span)
        writer.add("to", json: later.place.span)
        writer.add("changes", json: changes.span)
        return writer.bytes
    }

    private var place: [UInt8] {
        var writer = JSONObjectWriter()
        if let position { writer.add("position", position) }
        if let at { writer.add("at", Timestamp.iso8601(at)) }
        writer.add("ordinal", state.ordinal)
        return writer.bytes
    }

    private func addPlace(to writer: inout JSONObjectWriter) {
        writer.add("connection", connection)
        if let position { writer.add("position", position) }
        if let at { writer.add("at", Timestamp.iso8601(at)) }
    }
}

/// A field of a state that is different at another moment.
public struct FieldChange: Equatable, Sendable {
    /// The field's name.
    public var name: String
    /// At the first moment.
    public var before: StateField.Value
    /// At the other.
    public var after: StateField.Value
}
