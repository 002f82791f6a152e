import Testing
import Wire

@testable import AgentSimulator

private let info = #"data: {"type":"session_info","is_final":false,"session_id":"s"}"# + "\n\n"
private let tokenA = #"data: {"type":"assistant_message","token":"a","is_final":false}"# + "\n\n"
private let tokenB = #"data: {"type":"assistant_message","token":"b","is_final":true}"# + "\n\n"
private let tokens = tokenA + tokenB

private func infoWith(_ member: String) -> String {
    #"data: {"type":"session_info","is_final":false"# + member + "}\n\n"
}

struct AnswerPlanTests {
    @Test func aNewSessionIsAnnouncedFirst() {
        let answer = PlannedAnswer(failures: [])
        #expect(answer.body == info + tokens)
        #expect(answer.status == 200)
        #expect(answer.heads.last?.mediaType == "text/event-stream")
        #expect(answer.isComplete)
        #expect(answer.end == .waits)
    }

    @Test func onlyTheRealMannerAnnouncesAnExistingSession() {
        let documented = PlannedAnswer(failures: [], isNewSession: false)
        #expect(documented.body == tokens)
        let real = PlannedAnswer(failures: [], manner: .realRuntime, isNewSession: false)
        #expect(real.body.contains(#""type":"session_info""#))
    }

    @Test func theRealMannerWritesAllFourteenKeysInEveryBlock() {
        let answer = PlannedAnswer(failures: [], manner: .realRuntime)
        let token =
            #"{"type":"assistant_message","content":null,"token":"b","is_final":true,"#
            + #""session_id":null,"call_id":null,"tool_name":null,"arguments":null,"#
            + #""agent_type":null,"from_agent":null,"to_agent":null,"#
            + #""approval_request_id":null,"plan":null,"metadata":null}"#
        #expect(answer.body.hasSuffix("data: " + token + "\n\n"))
        #expect(ChunkKey.allCases.count == 14)
    }

    /// Failures that leave a whole answer behind, with its body.
    @Test(arguments: [
        (FailureKind.noSessionInfo, tokens),
        (.malformedSessionInfo, #"data: {"type":"session_info","session_id":"# + "\n\n" + tokens),
        (.sessionInfoWithoutID, infoWith("") + tokens),
        (.nullID, infoWith(#","session_id":null"#) + tokens),
        (.numericID, infoWith(#","session_id":12345"#) + tokens),
        (.temporaryID, infoWith(#","session_id":"new_12345""#) + tokens),
        (.lateSessionInfo, tokenA + info + tokenB),
        (.sessionInfoTwice, info + info + tokens),
        (.otherID, info + tokenA + infoWith(#","session_id":"s-other""#) + tokenB),
        (.repeatSessionInfo, info + tokens),
        (.doneEvent, info + tokens + "event: done\ndata: {}\n\n"),
        (.doneData, info + tokens + "data: [DONE]\n\n"),
        (.notJSON, info + "data: this is not JSON\n\n" + tokens),
        (.array, info + "data: [1,2]\n\n" + tokens),
        (.number, info + "data: 5\n\n" + tokens),
        (.empty, ""),
        (.unterminated, String((info + tokens).dropLast())),
        (.unterminatedSessionInfo, String(info.dropLast(2))),
        (.bom, "\u{FEFF}" + info + tokens),
        (.contentLength, info + tokens),
        (.hugeHead, info + tokens),
        (.interim, info + tokens),
        (.slow, info + tokens),
    ])
    func bodies(kind: FailureKind, body: String) {
        let answer = PlannedAnswer(failures: [Failure(kind)])
        #expect(answer.body == body)
        #expect(answer.isComplete)
        #expect(answer.end == .waits)
        #expect(answer.violation == nil)
    }

    /// Failures that write the same blocks in another style: what is replaced by what.
    @Test(arguments: [
        (FailureKind.noSpace, [("data: ", "data:")]),
        (.cr, [("\n", "\r")]),
        (.crlf, [("\n", "\r\n")]),
        (.heartbeats, [("data: ", ": heartbeat\n\ndata: ")]),
        (.multiLine, [("data: {", "data: {\ndata: "), ("}\n", "\ndata: }\n")]),
    ])
    func styles(kind: FailureKind, replacements: [(String, String)]) {
        let answer = PlannedAnswer(failures: [Failure(kind)])
        let body = replacements.reduce(info + tokens) { $0.replacing($1.0, with: $1.1) }
        #expect(Array(answer.body.utf8) == Array(body.utf8))
        #expect(answer.isComplete)
    }

    /// Failures that break the answer off, with what has come by then.
    @Test(arguments: [
        (FailureKind.cutBeforeSessionInfo, "", PlannedAnswer.End.closes),
        (.cutAfterSessionInfo, info, .closes),
        (.reset, info, .resets),
        (.badChunkSize, info, .closes),
        (.cutMidBlock, info + tokenA.prefix(tokenA.utf8.count / 2), .closes),
        (.cutMidChunk, info + tokenA.prefix(tokenA.utf8.count / 2), .closes),
        (.silent, "", .stalls),
        (.noHead, "", .stalls),
        (.refuse, "", .closes),
    ])
    func breaks(kind: FailureKind, body: String, end: PlannedAnswer.End) {
        let answer = PlannedAnswer(failures: [Failure(kind)])
        #expect(answer.body == body)
        #expect(answer.end == end)
        #expect(!answer.isComplete)
        #expect(answer.violation == (kind == .badChunkSize ? .malformedChunk : nil))
        #expect(answer.heads.isEmpty == [.noHead, .refuse].contains(kind))
    }

    @Test(arguments: [300, 404, 429, 503])
    func statuses(status: Int) {
        let answer = PlannedAnswer(failures: [Failure(.status, status)])
        #expect(answer.status == status)
        #expect(answer.body == #"{"detail":"simulated failure"}"#)
        #expect(answer.isComplete)
    }

    @Test func anAnswerThatIsNoEventStreamSaysSo() {
        let answer = PlannedAnswer(failures: [Failure(.notEventStream)])
        #expect(answer.status == 200)
        #expect(answer.heads.last?.mediaType == "application/json")
    }

    @Test func framings() {
        let length = PlannedAnswer(failures: [Failure(.contentLength)])
        #expect(length.heads[0].value(of: "Content-Length") == "\((info + tokens).utf8.count)")
        for answer in [
            PlannedAnswer(failures: [Failure(.untilClose)]),
            PlannedAnswer(failures: [], version: .http10),
        ] {
            #expect(answer.heads[0].value(of: "Transfer-Encoding") == nil)
            #expect(answer.end == .closes)
            #expect(answer.isComplete)
            #expect(answer.body == info + tokens)
        }
    }

    @Test func interimResponsesComeFirst() {
        let answer = PlannedAnswer(failures: [Failure(.interim)])
        #expect(answer.heads.map(\.status) == [100, 103, 200])
    }

    @Test func aHugeHeadHasTheSizeAskedFor() {
        let answer = PlannedAnswer(failures: [Failure(.hugeHead, 5000)])
        #expect(answer.heads[0].value(of: "X-Filler")?.utf8.count == 5000)
    }

    @Test func anEndlessAnswerGoesOnWithTokens() {
        let answer = PlannedAnswer(failures: [Failure(.endless)])
        #expect(answer.end == .goesOn)
        #expect(answer.body.contains(#""token":" more""#))
        #expect(!answer.isComplete)
    }

    @Test func aBurstHasNoPauses() {
        let answer = PlannedAnswer(failures: [Failure(.burst, 50)], tokenDelay: 1000)
        #expect(answer.body.split(separator: "\n\n").count == 51)
        #expect(answer.body.hasSuffix(#""token":" 50","is_final":true}"# + "\n\n"))
        #expect(answer.pauses.isEmpty)
    }

    @Test func pausesComeBeforeTheBlocksTheyAreFor() {
        #expect(PlannedAnswer(failures: [], tokenDelay: 700).pauses == [700])
        let slow = PlannedAnswer(failures: [Failure(.slow, 2)], tokenDelay: 700)
        #expect(slow.pauses == [2000, 2000, 2700])
    }

    @Test func aBigTokenHasTheSizeAskedFor() {
        let answer = PlannedAnswer(failures: [Failure(.big, 70_000)])
        #expect(answer.body.contains(String(repeating: "x", count: 70_000)))
        #expect(answer.isComplete)
    }

    @Test func lineSeparatorsStandInATokenAsTheyAre() {
        let body = PlannedAnswer(failures: [Failure(.u2028)]).body
        #expect(body.contains("a\u{2028}b\u{2029}c\u{85}d"))
    }

    @Test func writesEndWithinCharactersAndLineEnds() {
        let answer = PlannedAnswer(failures: [Failure(.splitUTF8), Failure(.crlf)])
        #expect(answer.body.contains("Привет, мир 🌍"))
        #expect(answer.isComplete)
        #expect(answer.writes > 40)
        #expect(answer.pauses.allSatisfy { $0 == 1000 })
    }

    @Test(arguments: FailureKind.allCases)
    func everyFailureWorksWithEveryOtherAndWithoutASessionToAnnounce(kind: FailureKind) {
        for other in FailureKind.allCases {
            let failures = [Failure(kind, 3), Failure(other, 3)]
            _ = PlannedAnswer(failures: failures, manner: .realRuntime)
            _ = PlannedAnswer(failures: failures, isNewSession: false)
        }
    }

    @Test(arguments: [FailureKind.cutMidBlock, .cutMidChunk])
    func anAnswerOfOneBlockIsCutWithinIt(kind: FailureKind) {
        let turn = Turn(
            sessionID: "s",
            isNewSession: false,
            isUserMessage: true,
            chunks: [.token("b", isFinal: true)]
        )
        let plan = AnswerPlan(
            turn,
            FailureSet([Failure(kind)]),
            manner: .documented,
            tokenDelay: 0
        )
        let answer = PlannedAnswer(plan.steps)
        #expect(answer.body == tokenB.prefix(tokenB.utf8.count / 2))
        #expect(answer.end == .closes)
    }
}
