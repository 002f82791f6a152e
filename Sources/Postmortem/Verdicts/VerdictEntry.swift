/// What a verdict's name means: a row of the table in docs/verdicts.md.
public struct VerdictEntry: Sendable {
    /// How much it weighs, if circumstances do not say otherwise.
    public let severity: VerdictSeverity
    /// When it weighs otherwise; nil: never.
    public let exceptions: String?
    /// Who is at fault, if circumstances do not say otherwise.
    public let side: FaultSide
    /// One plain sentence.
    public let summary: String
    /// Which events prove it.
    public let proof: String
    /// What to look at next.
    public let advice: String

    init(
        _ severity: VerdictSeverity,
        _ side: FaultSide,
        _ summary: String,
        but exceptions: String? = nil,
        proof: String,
        next advice: String
    ) {
        self.severity = severity
        self.side = side
        self.summary = summary
        self.exceptions = exceptions
        self.proof = proof
        self.advice = advice
    }
}

extension VerdictName {
    /// The names as the rows of docs/verdicts.md.
    public static var documentation: [String] {
        allCases.map { name in
            let entry = name.entry
            let severity = entry.severity.rawValue + (entry.exceptions.map { "; \($0)" } ?? "")
            return "| `\(name.rawValue)` | \(severity) | \(entry.side.words)"
                + " | \(entry.summary) | \(entry.proof) | \(entry.advice) |"
        }
    }
}
