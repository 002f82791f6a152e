import Events
import Session

/// What the connections of a loop need to take events in. One value, since each access to a property of the
/// loop is checked for exclusivity, and there is one or more for every chunk.
struct EventDesk {
    /// What it found in a chunk stays in it until the next event.
    private(set) var reading = EventReading()
    /// An empty list with capacity, unless the event under way has it.
    private var spare: [Effect] = []

    /// Takes an event into a connection's state and gives the effects to be performed. They are to be
    /// handed back afterwards; an effect that leads to an event is in the middle of that.
    mutating func take(
        _ header: EventHeader,
        _ body: Span<UInt8>,
        into state: inout SessionState
    ) -> [Effect] {
        var effects: [Effect] = []
        swap(&effects, &spare)
        state.take(header, body, &reading, &effects)
        return effects
    }

    /// Keeps the list for the next event.
    mutating func giveBack(_ effects: inout [Effect]) {
        effects.removeAll(keepingCapacity: true)
        swap(&effects, &spare)
    }

    /// Appends what the IDE gets for the chunk taken in last.
    mutating func appendForwarded(_ chunk: Span<UInt8>, to output: inout [UInt8]) {
        reading.appendForwarded(chunk, to: &output)
    }
}
