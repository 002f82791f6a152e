import Events
import Testing

@testable import Postmortem

struct SummaryTests {
    private static func summaries(_ rows: [RecordedEvent]) -> [ConnectionSummary] {
        var summaries = ConnectionSummaries()
        for row in rows {
            summaries.take(
                position: row.position,
                row.header,
                checksum: row.checksum,
                row.body.span
            )
        }
        return summaries.connections
    }

    @Test func sumsUpConnections() {
        let lines = Self.summaries(RecordedGateway.scene.rows)
            .map { summary in
                "\(summary.connection) \(summary.pathID) \(summary.boundTo)"
                    + " \(summary.turns)/\(summary.messages)/\(summary.chunks)"
                    + " \(summary.ending) \(summary.notes)"
            }
        #expect(
            lines == [
                #"1 new_1 ["abc-1"] 2/2/5 ide 1000 ["data that is not a JSON object"]"#,
                #"2 abc-2 [] 3/4/1 network 1006 []"#,
                #"3 new_3 [] 1/1/0 ide 1001 ["never bound to a session"]"#,
                #"4 abc-4 [] 0/0/0 gateway 1002 []"#,
            ]
        )
    }

    @Test func answersToItsIDs() {
        let summaries = Self.summaries(RecordedGateway.scene.rows)
        #expect(summaries.filter { $0.answers(to: "new_1") }.map(\.connection) == [1])
        #expect(summaries.filter { $0.answers(to: "abc-1") }.map(\.connection) == [1])
        #expect(summaries.filter { $0.answers(to: "abc-2") }.map(\.connection) == [2])
        #expect(summaries.filter { $0.answers(to: "abc") }.isEmpty)
    }

    @Test func saysWhatIsUnderWay() {
        var gateway = RecordedGateway()
        gateway.open(1, "s")
        gateway.message(1, #"{"type":"tool_result","call_id":"c"}"#)
        gateway.message(1, #"{"type":"tool_result","call_id":"d"}"#)
        let summary = Self.summaries(gateway.rows).first
        #expect(summary?.ending == "open")
        #expect(summary?.notes == ["answer under way", "1 message(s) waiting"])
    }
}
