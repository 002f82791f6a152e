import EventStore
import Events
import Foundation
import Postmortem
import Testing

/// A bundle under Tests/Fixtures/incidents, read whole.
struct IncidentBundle: CustomTestStringConvertible, Sendable {
    let name: String
    let path: String

    var testDescription: String { name }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/incidents")

    /// All that are there.
    static let all: [IncidentBundle] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".bundle") }.sorted().map { file in
            IncidentBundle(
                name: String(file.dropLast(".bundle".count)),
                path: folder.appendingPathComponent(file).path
            )
        }
    }()

    /// Its events, in the order of their positions.
    func rows() throws -> [RecordedEvent] {
        var rows: [RecordedEvent] = []
        try LogReader(folder: path).forEach { position, header, checksum, body in
            let bytes = body.withUnsafeBufferPointer { Array($0) }
            rows.append(
                RecordedEvent(position: position, header: header, checksum: checksum, body: bytes)
            )
            return true
        }
        return rows
    }

    /// The verdicts that were kept with it, `CONNECTION NAME`, sorted.
    func keptVerdicts() throws -> [String] {
        try LogReader(folder: path).bundleFacts().filter { $0.name == BundleFact.verdictName }
            .map { "\($0.connection) \($0.value)" }.sorted()
    }
}

/// What verification finds in rows, as in a bundle, where positions are left out.
func findings(in rows: [RecordedEvent]) -> [Finding] {
    var verification = Verification(isWholeLog: false)
    return rows.flatMap { row in
        verification.take(
            position: row.position,
            row.header,
            checksum: row.checksum,
            row.body.span
        )
    }
}

/// The verdicts on rows.
func verdicts(on rows: [RecordedEvent]) -> [Verdict] {
    var fold = VerdictFold()
    for row in rows {
        fold.take(position: row.position, row.header, checksum: row.checksum, row.body.span)
    }
    fold.finish()
    return fold.takeNew()
}
