import Postmortem

/// No connection answers to an id.
struct NotFound: Error, CustomStringConvertible {
    var id: String
    var folder: String
    /// What may have been meant.
    var nearest: NearestIDs

    var description: String {
        ([reason] + nearest.matches.map(Self.line)).joined(separator: "\n")
    }

    private var reason: String {
        var text =
            "no connection answers to '\(TerminalText.make(id))' in \(TerminalText.make(folder)):"
            + " looked for a connection number, an id in the path, and a session that a connection"
            + " was bound to; see replay list"
        if let numbers = nearest.connections {
            text += "; connections here have numbers from \(numbers.lowerBound) to"
            text += " \(numbers.upperBound)"
        }
        return nearest.matches.isEmpty ? text : text + "; the nearest ids are:"
    }

    private static func line(_ match: NearestIDs.Match) -> String {
        let numbers = match.connections.map { "\($0)" }.joined(separator: ", ")
        let noun = match.connections.count == 1 ? "connection" : "connections"
        return "  \(TerminalText.make(match.id, limit: 60))  (\(noun) \(numbers))"
    }
}
