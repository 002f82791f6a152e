import EventStore
import Session

extension LogLine {
    /// What the event log has to say.
    init(_ notice: LogNotice) {
        switch notice {
        case .sealed(let first, let last, let bytes):
            let text = "Sealed the log segment with positions \(first) to \(last): \(bytes) bytes"
            self.init(.info, "gateway", text)
        case .removed(let first, let bytes):
            let text = "Removed the log segment that began at position \(first): \(bytes) bytes"
            self.init(.info, "gateway", text)
        case .heldBack(let first, let connection):
            let text =
                "The log segment that begins at position \(first) is past its retention, and kept because "
                + "connection \(connection) is open since"
            self.init(.warning, "gateway", text)
        case .problem(let text):
            self.init(.error, "gateway", "Event log: \(text)")
        }
    }
}
