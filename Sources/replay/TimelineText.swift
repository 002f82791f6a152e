import Postmortem

/// Events of a timeline as lines for people.
struct TimelineText {
    let style: OutputStyle
    let isFull: Bool

    private static let ordinalWidth = 4
    private static let causeWidth = 6
    private static let spanWidth = 10
    private static let directionWidth = 7

    /// Columns before the title.
    private static let margin =
        ordinalWidth + 1 + causeWidth + 1 + 15 + spanWidth + 2 + directionWidth + 2
    private static let indent = String(repeating: " ", count: margin)

    private var date = ""

    init(style: OutputStyle, isFull: Bool) {
        self.style = style
        self.isFull = isFull
    }

    /// The event's line, and one below for each thing it led to. A new day is told before it.
    mutating func lines(_ entry: TimelineEntry) -> [String] {
        var lines: [String] = []
        let date = Timestamp.date(entry.header.at)
        if !self.date.isEmpty, date != self.date { lines.append(style.dim("— \(date)")) }
        self.date = date
        lines.append(head(entry))
        if isFull, !entry.payload.isEmpty { lines.append(below(" ", entry.payload) { $0 }) }
        for outcome in outcomes(entry) { lines.append(below("⇒", outcome.utf8, style.dim)) }
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

    /// What the gateway did, and how far a frame for the IDE has come.
    private func outcomes(_ entry: TimelineEntry) -> [String] {
        guard entry.sendsFrame else { return entry.outcomes }
        let taken = taken(entry)
        if isFull { return entry.outcomes + [moments(entry, taken)] }
        // A long outcome would push it off the line.
        guard entry.outcomes == [Timeline.forwarded] else { return entry.outcomes + [taken] }
        return ["\(Timeline.forwarded), \(taken)"]
    }

    private func taken(_ entry: TimelineEntry) -> String {
        guard let taking = entry.taking else { return "not on record as taken" }
        let span = Timestamp.span(taking.at &- entry.header.at)
        let time = isFull ? "\(Timestamp.time(taking.at)), " : ""
        return "taken by \(time)\(span) (event \(taking.ordinal))"
    }

    /// The log does not hold the time of a commit, nor that at which the socket was handed the frame: only
    /// that the one comes before the other, and both before the taking.
    private func moments(_ entry: TimelineEntry, _ taken: String) -> String {
        let verb = entry.header.knownKind == .chunkReceived ? "received" : "decided"
        return "\(verb) \(Timestamp.time(entry.header.at)); committed, then handed to the socket:"
            + " not recorded; \(taken)"
    }

    private func head(_ entry: TimelineEntry) -> String {
        let span = entry.sinceLast.map(Timestamp.span) ?? ""
        let place =
            left("\(entry.header.ordinal)", Self.ordinalWidth) + " "
            + right(entry.header.cause == 0 ? "" : "← \(entry.header.cause)", Self.causeWidth) + " "
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
