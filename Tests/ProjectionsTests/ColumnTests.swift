import EventStore
import Testing

@testable import Postmortem
@testable import Projections

struct ColumnTests {
    /// What peers have sent stands in the words: line ends too.
    @Test(arguments: [[], [""], ["a\nb", "c\r\nd", "\\\"[,]\u{0}é"]])
    func anomaliesComeBackAsTheyWere(words: [String]) throws {
        let folder = try LogFolderCopy()
        let store = try ProjectionStore(creating: folder.projections)
        var summary = ConnectionSummary(connection: 7, firstPosition: 3, at: 5)
        summary.anomalyWords = words
        var changes = SummaryChanges()
        changes.finished = [summary]
        try store.store(changes)
        #expect(try store.summary(of: 7) == summary)
    }

    /// SQL compares the bytes of an id, and so does the program.
    @Test func idsAreComparedByteForByte() {
        var summary = ConnectionSummary(connection: 7, firstPosition: 3, at: 5)
        summary.hasOpening = true
        summary.pathID = "e\u{301}"
        summary.addBinding(to: "u\u{308}")
        summary.addBinding(to: "\u{FC}")
        #expect(summary.answers(to: "e\u{301}") && !summary.answers(to: "\u{E9}"))
        #expect(summary.boundTo.count == 2)
    }
}
