import Testing

@testable import auto_session_check

/// Says what the script says, one turn for each message.
private final class ScriptedConversation: Conversation {
    private var turns: [Turn]

    init(_ turns: [Turn]) { self.turns = turns }

    func say(_ content: String) -> Turn {
        turns.isEmpty ? Turn(frames: [], end: .timeout) : turns.removeFirst()
    }

    func close() {}
}

struct SessionCheckTests {
    private static let info = AgentFrame(type: "session_info", sessionID: "abc-123")
    private static let answer = AgentFrame(type: "assistant_message", isFinal: true)
    private static let first = Turn(frames: [info, answer], end: .answered)
    private static let later = Turn(frames: [answer], end: .answered)

    /// The faults of the five checks against a gateway that answers so.
    private func faults(new: [Turn]?, existing: [Turn]?) -> [String?] {
        let check = SessionCheck(
            connect: { id throws(ConversationFailure) in
                let turns = id == "new_1" ? new : id == "abc-123" ? existing : nil
                guard let turns else { throw ConversationFailure(reason: "refused \(id)") }
                return ScriptedConversation(turns)
            },
            temporaryID: "new_1"
        )
        return check.run().map(\.fault)
    }

    @Test func aGatewayThatIsRightPasses() {
        let faults = faults(new: [Self.first, Self.later], existing: [Self.later])
        #expect(faults == [nil, nil, nil, nil, nil])
    }

    @Test func whatCannotBeReachedFailsAllAfterIt() {
        let faults = faults(new: nil, existing: nil)
        #expect(faults[0] == "refused new_1")
        #expect(faults.dropFirst().allSatisfy { $0?.hasPrefix("not run: ") == true })
    }

    @Test func aSecondSessionInfoIsFound() {
        let faults = faults(new: [Self.first, Self.first], existing: [Self.first])
        let seen = "a session_info came: session_id=abc-123"
        #expect(faults == [nil, nil, seen, nil, seen])
    }

    @Test func aSessionInfoTwiceInOneAnswerIsFound() {
        let twice = Turn(frames: [Self.info, Self.info, Self.answer], end: .answered)
        let faults = faults(new: [twice, Self.later], existing: [Self.later])
        #expect(faults == [nil, "2 came in one answer", nil, nil, nil])
    }

    @Test func anExistingSessionThatIsRefusedFailsTheLastTwo() {
        let faults = faults(new: [Self.first, Self.later], existing: nil)
        #expect(faults[..<3] == [nil, nil, nil])
        #expect(faults[3] == "refused abc-123")
        #expect(faults[4] == "not run: the existing session cannot be reached")
    }

    @Test(arguments: [
        ([answer], "no session_info; came: assistant_message"),
        ([AgentFrame(type: "session_info"), answer], "its session_id is missing or empty"),
        (
            [AgentFrame(type: "session_info", sessionID: ""), answer],
            "its session_id is missing or empty"
        ),
        (
            [AgentFrame(type: "session_info", sessionID: "new_9"), answer],
            "its session_id is temporary: new_9"
        ),
    ])
    func aSessionInfoThatIsOfNoUseIsFound(frames: [AgentFrame], fault: String) {
        let turn = Turn(frames: frames, end: .answered)
        let faults = faults(new: [turn, Self.later], existing: [Self.later])
        #expect(faults[0] == nil)
        #expect(faults[1] == fault)
        #expect(faults[2...].allSatisfy { $0?.hasPrefix("not run: ") == true })
    }

    @Test(
        arguments: [
            (.error("Agent error: 500"), "an error frame came: Agent error: 500"),
            (.timeout, "the answer did not end in time; came: session_info"),
            (.broken("it broke"), "it broke; came: session_info"),
        ] as [(Turn.End, String)]
    )
    func anAnswerThatEndsBadlyIsFound(end: Turn.End, fault: String) {
        let turn = Turn(frames: [Self.info], end: end)
        let faults = faults(new: [turn, Self.later], existing: [turn])
        #expect(faults[0] == fault)
        #expect(faults[1] == nil)
        #expect(faults[2] == "not run: the first message was not answered")
        #expect(faults[3] == fault)
        #expect(faults[4] == "a session_info came: session_id=abc-123")
    }

    @Test func aSecondMessageThatIsNotAnsweredIsFound() {
        let faults = faults(new: [Self.first], existing: [Turn(frames: [], end: .timeout)])
        #expect(faults[2] == "the answer did not end in time; no frame came")
        #expect(faults[4] == "not run: the message was not answered")
    }
}
