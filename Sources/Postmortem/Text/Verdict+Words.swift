extension Verdict {
    /// The verdict on one line of fixed columns, separated by one space: time, severity, name, side,
    /// connection, id (`-` when it is not known; a space in it is written `\u{20}`), position, sentence.
    /// Safe for a terminal.
    public var line: String {
        let shown =
            id.isEmpty
            ? "-"
            : TerminalText.make(id).split(
                separator: " ",
                omittingEmptySubsequences: false
            ).joined(separator: "\\u{20}")
        return "\(Timestamp.iso8601(at)) \(severity.rawValue) \(name.rawValue) \(side.rawValue)"
            + " \(connection) \(shown) \(position) \(TerminalText.make(words))"
    }

    /// The one line that answers for several verdicts: the first failure, or what is not over, or that there
    /// is neither. Safe for a terminal.
    public static func answer(to verdicts: [Verdict]) -> String {
        let sorted = verdicts.sorted { $0.precedes($1) }
        let bound = sorted.last { $0.name == .bound }
        if let first = sorted.first(where: { $0.severity == .failure }) {
            let later = bound.flatMap { $0.position > first.position ? $0 : nil }
            return "\(first.side.words): \(first.name.rawValue) — \(TerminalText.make(first.words))"
                + (later.map { " Later \(TerminalText.make($0.words))." } ?? "")
        }
        let open = sorted.first(where: \.isOpen)
        guard
            let told = open ?? bound ?? sorted.first(where: { $0.severity == .fine })
                ?? sorted.first
        else { return "nothing is wrong: the IDE has sent nothing yet" }
        let lead =
            told.isOpen
            ? "not over since \(Timestamp.dateAndTime(told.at)) UTC" : "nothing is wrong"
        var parts = ["\(lead): \(TerminalText.make(told.words))"]
        if let remark = sorted.first(where: { $0.severity == .remark && $0 != told }) {
            let words = TerminalText.make(remark.words)
            parts.append("remark: \(remark.name.rawValue) (\(remark.side.words)) — \(words)")
        }
        return parts.joined(separator: "; ")
    }
}
