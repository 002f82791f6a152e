import Postmortem
import Wire

/// A message that was posted to a ``PlayedAgent``.
struct ServedRequest {
    /// The recorded turn that answers it; nil: there was none left.
    var turn: RecordedTurn?
    /// Number of that turn in the record, from 1.
    var number = 0
    /// How the body differs from the recorded one, in words; nil: it does not.
    var difference: String?

    /// On one line.
    var words: String {
        let place = turn.map {
            "turn \(number) (connection \($0.connection), position \($0.position))"
        }
        return "\(place ?? "a turn too many"): \(difference ?? "as recorded")"
    }

    var json: [UInt8] {
        var writer = JSONObjectWriter()
        if let turn {
            writer.add("turn", Int64(number))
            writer.add("connection", turn.connection)
            writer.add("position", turn.position)
        }
        writer.add("same", difference == nil)
        if let difference { writer.add("difference", difference) }
        return writer.bytes
    }
}
