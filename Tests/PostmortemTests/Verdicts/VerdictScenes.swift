import Events
import Postmortem
import Session

/// What happened, and which verdicts must come of it, in order: severity, side and name.
struct VerdictScene: CustomStringConvertible, Sendable {
    var description: String
    var script: @Sendable (inout RecordedGateway) -> Void
    var expected: [String]

    init(
        _ description: String,
        _ expected: [String],
        _ script: @escaping @Sendable (inout RecordedGateway) -> Void
    ) {
        self.description = description
        self.expected = expected
        self.script = script
    }

    var rows: [RecordedEvent] {
        var gateway = RecordedGateway()
        script(&gateway)
        return gateway.rows
    }
}

/// The verdicts on rows, sorted as `replay explain` gives them.
func judge(_ rows: some Sequence<RecordedEvent>) -> [Verdict] {
    var fold = VerdictFold()
    var verdicts: [Verdict] = []
    for row in rows {
        fold.take(position: row.position, row.header, checksum: row.checksum, row.body.span)
        verdicts += fold.takeNew()
    }
    fold.finish()
    return (verdicts + fold.takeNew()).sorted { $0.precedes($1) }
}

extension Verdict {
    /// Severity, side and name.
    var short: String { "\(severity.rawValue) \(side.rawValue) \(name.rawValue)" }
}

extension VerdictScene {
    static let all = sessionInfo + answers + endings + ids + posts
}
