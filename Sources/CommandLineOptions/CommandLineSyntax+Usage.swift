extension CommandLineSyntax {
    /// What `--help` prints.
    public var usage: String {
        let arguments = positionals.map { " \($0.form)" }.joined()
        var lines = ["usage: \(program) [options]\(arguments)", "", summary, ""]
        var rows = positionals.map { ($0.name, $0.summary) }
        rows += options.map { ($0.form, $0.summary) }
        rows += [
            ("--help", "print this text and exit"), ("--version", "print the version and exit"),
        ]
        let width = rows.map(\.0.count).max() ?? 0
        for (form, summary) in rows {
            lines.append(
                "  " + form + String(repeating: " ", count: width - form.count + 2) + summary
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
