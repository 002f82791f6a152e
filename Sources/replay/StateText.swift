import Postmortem

/// States of connections as lines for people.
struct StateText {
    let style: OutputStyle

    /// All fields, one a line.
    func lines(_ moment: ConnectionMoment) -> [String] {
        let fields = moment.state.fields
        let width = fields.map(\.name.count).max() ?? 0
        let heading = style.bold("connection \(moment.connection), \(place(moment))")
        return [heading]
            + fields.map { field in
                let name = field.name + String(repeating: " ", count: width - field.name.count)
                return line("  \(name)  \(field.value.words)")
            }
    }

    /// What is different, one field a line.
    func lines(_ first: ConnectionMoment, _ last: ConnectionMoment) -> [String] {
        let heading = "connection \(first.connection), from \(place(first)) to \(place(last))"
        let changes = first.changes(to: last)
        if changes.isEmpty { return [style.bold(heading), "  nothing has changed"] }
        return [style.bold(heading)]
            + changes.map { change in
                style.change(
                    line("∆ \(change.name): \(change.before.words) → \(change.after.words)")
                )
            }
    }

    private func line(_ text: String) -> String { TerminalText.make(text, limit: style.columns) }

    private func place(_ moment: ConnectionMoment) -> String {
        guard let position = moment.position, let at = moment.at else {
            return "before its first event"
        }
        return "after event \(moment.state.ordinal) (position \(position), "
            + "\(Timestamp.date(at)) \(Timestamp.time(at)))"
    }
}
