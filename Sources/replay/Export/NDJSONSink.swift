import Events
import Postmortem

/// Exports one JSON object a line for each event, as `replay show --json` prints them.
struct NDJSONSink: ExportSink {
    private let target: ExportTarget
    private var timeline = Timeline()

    init(_ target: ExportTarget) { self.target = target }

    mutating func begin(_ connection: ConnectionSummary, _ outline: ConnectionOutline) {
        timeline = Timeline(outline)
    }

    mutating func take(_ event: RecordedEvent) throws {
        let entry = timeline.take(
            position: event.position,
            event.header,
            checksum: event.checksum,
            event.body.span
        )
        try target.write(TerminalText.escaping(json: entry.json))
        try target.write("\n")
    }

    mutating func takeOfGateway(_ event: RecordedEvent) throws {
        timeline = Timeline()
        try take(event)
    }

    mutating func finish(_ verdicts: [Verdict]) throws -> Int64 {
        try target.finish()
        return target.bytes
    }
}
