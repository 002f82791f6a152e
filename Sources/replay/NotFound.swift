import Postmortem

/// No connection answers to an id.
struct NotFound: Error, CustomStringConvertible {
    var id: String
    var folder: String

    var description: String {
        "no connection answers to '\(TerminalText.make(id))' in \(TerminalText.make(folder)):"
            + " looked for a connection number, an id in the path, and a session that a connection"
            + " was bound to; see replay list"
    }
}
