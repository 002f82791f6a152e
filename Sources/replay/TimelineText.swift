import Postmortem

/// Events of a timeline as lines for people.
struct TimelineText {
    let style: OutputStyle
    let isFull: Bool

    private static let ordinalWidth = 5
    private static let spanWidth = 11
    private static let directionWidth = 7

    /// Columns before the title.
    private static let margin = ordinalWidth + 2 + 15 + spanWidth + 2 + directionWidth + 2
    private static let indent = String(repeating: " ", count: margin)

    /// The event's line, and one below for each thing it led to.
    func lines(_ entry: TimelineEntry) -> [String] {
        var lines = [head(entry)]
        if isFull, !entry.payload.isEmpty { lines.append(below(" ", entry.payload) { $0 }) }
        for outcome in entry.outcomes { lines.append(below("⇒", outcome.utf8, style.dim)) }
        for change in entry.changes {
            let text = "\(change.part): \(change.before) → \(change.after)"
            lines.append(below("∆", text.utf8, style.change))
        }
        for anomaly in entry.anomalies { lines.append(below("!", anomaly.words.utf8, style.bad)) }
        if !entry.isIntact {
            lines.append(below("!", "the row is damaged: its checksum is wrong".utf8, style.bad))
        }
        return lines
    }

    private func head(_ entry: TimelineEntry) -> String {
        let span = entry.sinceLast.map(Timestamp.span) ?? ""
        let place =
            left("\(entry.header.ordinal)", Self.ordinalWidth) + "  "
            + Timestamp.time(entry.header.at)
            + left(span, Self.spanWidth) + "  "
            + right(entry.direction.rawValue, Self.directionWidth) + "  "
        let room = max(20, style.columns - Self.margin)
        let title = TerminalText.make(entry.title, limit: isFull ? nil : room)
        let used = TerminalText.columns(of: title) + 2
        guard !isFull, !entry.payload.isEmpty, used < room else { return place + title }
        let payload = TerminalText.make(entry.payload, limit: room - used)
        return place + title + "  " + style.dim(payload)
    }

    private func below(
        _ mark: String,
        _ text: some Sequence<UInt8>,
        _ paint: (String) -> String
    ) -> String {
        let room = max(20, style.columns - Self.margin - 2)
        let line = TerminalText.make(text, limit: isFull ? nil : room)
        return Self.indent + paint("\(mark) \(line)")
    }

    private func left(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - TerminalText.columns(of: text))) + text
    }

    private func right(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - TerminalText.columns(of: text)))
    }
}
