import CommandLineOptions
import Events
import Postmortem
import Threading

/// A place in the log that a user names: a position, or a time.
enum MomentArgument: Equatable {
    /// After the event at this position and all before it.
    case position(Int64)
    /// After all events before the first one that is later than this, µs since 1970.
    case time(Int64)
    /// After all there are.
    case end

    /// A whole number is a position, anything else a time. `name`: of the option or argument.
    init(_ text: String, of name: String) throws(CommandLineViolation) {
        if let position = Int64(text), position >= 0 {
            self = .position(position)
        } else if let time = Timestamp.parse(text, now: Clock.wall()) {
            self = .time(time)
        } else {
            throw .invalidValue(
                option: name,
                value: text,
                expected: "a position or " + Timestamp.forms
            )
        }
    }

    /// Whether an event comes after the moment.
    func isBefore(_ position: Int64, _ header: EventHeader) -> Bool {
        switch self {
        case .position(let last): position > last
        case .time(let last): header.at > last
        case .end: false
        }
    }
}
