import EventStore
import Events
import Foundation
import Session
import Testing

@testable import Postmortem

/// Logs of earlier versions stay readable. Each folder under Fixtures was written once by the version
/// it is named for and is never written again.
struct FrozenLogTests {
    private static func folder(_ name: String) throws -> String {
        let url = Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures")
        return try #require(url).path
    }

    private static func rows(_ folder: String) throws -> [RecordedEvent] {
        var rows: [RecordedEvent] = []
        try LogReader(folder: folder).forEach { position, header, checksum, body in
            let bytes = body.withUnsafeBufferPointer { Array($0) }
            rows.append(
                RecordedEvent(position: position, header: header, checksum: checksum, body: bytes)
            )
            return true
        }
        return rows
    }

    @Test func version1IsClean() throws {
        let rows = try Self.rows(Self.folder("log-v1"))
        #expect(rows.count == 47)
        let result = verify(rows)
        #expect(result.findings == [])
        #expect(result.consequences == 0)
    }

    @Test func version1FoldsToTheSameStates() throws {
        var summaries = ConnectionSummaries()
        var replays: [Int64: ConnectionReplay] = [:]
        var reading = EventReading()
        for row in try Self.rows(Self.folder("log-v1")) {
            let (header, body) = (row.header, row.body.span)
            summaries.take(position: row.position, header, checksum: row.checksum, body)
            _ = replays[header.connection, default: ConnectionReplay()].take(header, body, &reading)
        }
        let lines = summaries.connections.map { summary in
            let state = replays[summary.connection]?.state ?? SessionState()
            return "\(summary.connection) \(summary.pathID) → \(state.identity?.words ?? "?")"
                + ", turns \(summary.turns), chunks \(summary.chunks),"
                + " delivered \(summary.framesDelivered) through \(state.deliveredThrough),"
                + " \(summary.ending), \(summary.anomalies) anomalies"
        }
        #expect(
            lines == [
                "1 new_1 → session abc-1, turns 2, chunks 5, delivered 2 through 7, ide 1000,"
                    + " 1 anomalies",
                "2 abc-2 → session abc-2, turns 3, chunks 1, delivered 3 through 10, network 1006,"
                    + " 0 anomalies",
                "3 new_3 → temporary new_3, turns 1, chunks 0, delivered 0 through 0, ide 1001,"
                    + " 0 anomalies",
                "4 abc-4 → session abc-4, turns 0, chunks 0, delivered 0 through 0, gateway 1002,"
                    + " 0 anomalies",
            ]
        )
    }

    /// The same through a file of this version.
    @Test func whatIsWrittenNowIsReadBack() throws {
        let scene = RecordedGateway.scene.rows
        try LogRecording.withFolder { folder in
            try LogRecording.write(scene, to: folder)
            let rows = try Self.rows(folder)
            #expect(rows == scene)
            #expect(verify(rows).findings == [])
        }
    }

    /// Writes a fixture for a new version of the format: run once with FIXTURE_FOLDER set.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["FIXTURE_FOLDER"] != nil))
    func recordFixture() throws {
        let folder = ProcessInfo.processInfo.environment["FIXTURE_FOLDER"] ?? ""
        try LogRecording.write(RecordedGateway.scene.rows, to: folder)
    }
}
