import Events
import Testing

@testable import Postmortem

@Suite("The search for a dialogue")
struct DialogueSearchTests {
    /// Connections that were opened with these ids, bound to these sessions and closed, one after the
    /// other; each has a delivery after its end.
    private static func rows(_ connections: [(path: String, session: String)]) -> [RecordedEvent] {
        var gateway = RecordedGateway()
        for (index, connection) in connections.enumerated() {
            let number = Int64(index + 1)
            gateway.open(number, connection.path)
            gateway.message(number, #"{"type":"tool_result","call_id":"c"}"#)
            gateway.respond(number)
            let id = connection.session
            gateway.chunk(number, #"{"type":"session_info","session_id":"\#(id)"}"#)
            gateway.endOfBody(number)
            gateway.closeFrame(number)
            gateway.deliver(number)
        }
        return gateway.rows
    }

    /// A search over the rows, and whether it takes another.
    private static func search(
        _ rows: [RecordedEvent],
        for dialogue: Dialogue
    ) -> (DialogueSearch, isToBeRepeated: Bool) {
        var search = DialogueSearch(for: dialogue)
        for row in rows {
            search.take(
                position: row.position,
                row.header,
                checksum: row.checksum,
                row.body.span
            ) { _ in .none }
        }
        let isToBeRepeated = search.end(asksElsewhere: false)
        return (search, isToBeRepeated)
    }

    @Test func findsWhatFollowsInOnePass() {
        let rows = Self.rows([
            ("new_7", "xyz"), ("new_1", "abc-1"), ("abc-1", "abc-2"), ("new_8", "x"), ("abc-2", ""),
        ])
        let (search, isToBeRepeated) = Self.search(rows, for: Dialogue(of: "new_1"))
        #expect(search.connections.map(\.connection) == [2, 3, 5])
        #expect(!isToBeRepeated)
        var all = ConnectionSummaries()
        for row in rows {
            all.take(position: row.position, row.header, checksum: row.checksum, row.body.span)
        }
        #expect(search.connections == all.connections.filter { [2, 3, 5].contains($0.connection) })
    }

    @Test func asksAgainForWhatItPassedOver() {
        let rows = Self.rows([("new_1", "abc-1"), ("new_8", "x"), ("new_2", "abc-1")])
        let (first, isToBeRepeated) = Self.search(rows, for: Dialogue(of: "new_2"))
        #expect(first.connections.map(\.connection) == [3])
        #expect(isToBeRepeated)
        let (second, isToBeRepeatedAgain) = Self.search(rows, for: first.dialogue)
        #expect(second.connections.map(\.connection) == [1, 3])
        #expect(second.dialogue.ids == ["new_2", "abc-1", "new_1"])
        #expect(!isToBeRepeatedAgain)
    }

    @Test func findsWhatIsOpen() {
        var gateway = RecordedGateway()
        gateway.open(1, "abc-1")
        gateway.open(2, "abc-2")
        let (search, isToBeRepeated) = Self.search(gateway.rows, for: Dialogue(of: "abc-1"))
        #expect(search.connections.map(\.connection) == [1])
        #expect(!isToBeRepeated)
    }

    @Test func filterForgetsNothing() {
        var filter = IDFilter()
        for number in 0..<10_000 { filter.insert("new_\(number)") }
        #expect((0..<10_000).allSatisfy { filter.mayContain("new_\($0)") })
        let mistaken = (10_000..<20_000).count { filter.mayContain("new_\($0)") }
        #expect(mistaken < 100)
    }
}
