import AgentClient
import Testing
import Wire

/// An answer that is wanted as a whole.
struct WholeAnswerTests {
    private static let head = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\n"

    /// Turns the loop until the answer is there, and gives it.
    private func outcome(_ rig: ClientRig, maxBytes: Int = 4) throws -> WholeAnswer.Outcome {
        var outcomes: [WholeAnswer.Outcome] = []
        let answer = rig.ask(maxBytes: maxBytes) { outcomes.append($0) }
        #expect(outcomes.isEmpty, "told before it was made")
        try rig.turn { !outcomes.isEmpty }
        try rig.turn(times: 5)
        withExtendedLifetime(answer) {}
        #expect(outcomes.count == 1)
        return outcomes[0]
    }

    @Test func itComesWithItsHeadWhateverItsPieces() throws {
        let rig = try ClientRig { connection, _ in connection.sendSingly(Self.head + "abcd") }
        let (head, body) = try outcome(rig).get()
        #expect(head.status == 404 && body == Array("abcd".utf8))
        #expect(rig.client.exchanges == 0)
    }

    @Test func oneThatIsTooLongIsGivenUp() throws {
        let rig = try ClientRig(answering: Self.head + "abcd")
        let outcome = try outcome(rig, maxBytes: 3)
        #expect(throws: AgentFailure.tooLong(limit: 3)) { try outcome.get() }
        try rig.turn { rig.connections.first?.end != nil }
        #expect(rig.client.exchanges == 0)
    }

    @Test func oneThatBreaksOffIsNone() throws {
        let outcome = try outcome(try ClientRig(answering: Self.head + "abc", closes: true))
        #expect(throws: AgentFailure.broken("the connection was closed")) { try outcome.get() }
    }

    @Test func afterACancellationNothingIsTold() throws {
        let rig = try ClientRig { connection, _ in connection.send(Self.head + "abc") }
        var isTold = false
        let answer = rig.ask(maxBytes: 4) { _ in isTold = true }
        try rig.turn { !rig.requests.isEmpty }
        answer.cancel()
        try rig.turn { rig.connections.first?.end != nil }
        #expect(!isTold && rig.client.exchanges == 0)
    }
}
