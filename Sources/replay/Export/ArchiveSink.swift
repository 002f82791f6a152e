import Events
import Postmortem

/// Exports a HAR file.
struct ArchiveSink: ExportSink {
    private let target: ExportTarget
    private var archive: ConversationArchive

    init(_ target: ExportTarget, version: String) {
        self.target = target
        archive = ConversationArchive(version: version)
    }

    mutating func begin(_ connection: ConnectionSummary, _ outline: ConnectionOutline) {
        archive.begin(connection.connection, at: connection.openedAt)
    }

    mutating func take(_ event: RecordedEvent) { archive.take(event) }

    mutating func takeOfREST(_ event: RecordedEvent) { archive.takeOfREST(event) }

    mutating func takeOfGateway(_ event: RecordedEvent) {}

    mutating func finish(_ verdicts: [Verdict]) throws -> Int64 {
        try archive.write { try target.write($0) }
        try target.finish()
        return target.bytes
    }
}
