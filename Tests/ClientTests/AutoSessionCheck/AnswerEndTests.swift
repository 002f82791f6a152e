import Testing

@testable import auto_session_check

struct AnswerEndTests {
    @Test(
        arguments: [
            ([], nil), ([AgentFrame(type: "session_info", isFinal: false)], nil),
            ([AgentFrame(type: "status")], nil),
            ([AgentFrame(type: "assistant_message")], .seconds(1)),
            ([AgentFrame(type: "assistant_message", isFinal: false)], .seconds(10)),
            ([AgentFrame(type: "assistant_message"), AgentFrame(type: "status")], nil),
            ([AgentFrame(type: "assistant_message", isFinal: true)], .milliseconds(500)),
            ([AgentFrame(type: "done")], .milliseconds(500)),
            ([AgentFrame(type: "done"), AgentFrame(type: "status")], .milliseconds(500)),
        ] as [([AgentFrame], Duration?)]
    )
    func silenceEndsAnAnswerWhenNothingMoreIsDue(frames: [AgentFrame], silence: Duration?) {
        var end = AnswerEnd()
        for frame in frames { end.note(frame) }
        #expect(end.silence == silence)
    }

    @Test(
        arguments: [
            (
                #"{"type":"session_info","session_id":"a\u0062","is_final":false}"#, "session_info",
                "ab"
            ),
            (#"{"session_id":5,"type":"x"}"#, "x", nil), (#"{"type":null}"#, nil, nil),
            ("[]", nil, nil), ("{", nil, nil), ("", nil, nil),
        ] as [(String, String?, String?)]
    )
    func framesAreRead(text: String, type: String?, sessionID: String?) {
        let frame = AgentFrame(text)
        #expect(frame.type == type)
        #expect(frame.sessionID == sessionID)
    }

    @Test func whatCameIsCounted() {
        let delta = AgentFrame(type: "assistant_message")
        let frames = [AgentFrame(type: "session_info"), delta, delta, AgentFrame(), delta]
        let seen = Turn(frames: frames, end: .answered).seen
        #expect(
            seen == "came: session_info, assistant_message ×2, a frame without a type, "
                + "assistant_message"
        )
    }
}
