import BlockingWebSocket
import Events
import Testing

/// How the agent's answer becomes frames (PROTOCOL §2, §3, §7.3, §7.8).
struct AnswerTests {
    /// The body of an answer, and the frames that come of it.
    struct Answer: CustomTestStringConvertible, Sendable {
        let name: String
        let body: String
        let frames: [String]
        var testDescription: String { name }

        init(_ name: String, _ body: String, _ frames: String...) {
            self.name = name
            self.body = body
            self.frames = frames
        }
    }

    static let answers = [
        Answer(
            "top-level nulls go, everything else stays byte for byte",
            #"data: { "b" : 1.50, "type":"x","n":null, "a":{"n":null,"e":1E+2,"l":[null]},"s":"\u0041\/" ,"z":null}"#
                + "\n\n",
            #"{ "b" : 1.50, "type":"x", "a":{"n":null,"e":1E+2,"l":[null]},"s":"\u0041\/"}"#
        ),
        Answer(
            "unknown chunk types pass",
            "data: {\"type\":\"from_the_future\"}\n\ndata: {\"no\":\"type\"}\n\n",
            #"{"type":"from_the_future"}"#,
            #"{"no":"type"}"#
        ),
        Answer("data: without a space", "data:{\"type\":\"a\"}\n\n", #"{"type":"a"}"#),
        Answer(
            "several data lines",
            "data: {\"type\":\"a\",\ndata: \"b\":\ndata:1}\n\n",
            "{\"type\":\"a\",\n\"b\":\n1}"
        ),
        Answer(
            "a BOM before the first event",
            "\u{FEFF}data: {\"type\":\"a\"}\n\ndata: {\"type\":\"b\"}\n\n",
            #"{"type":"a"}"#,
            #"{"type":"b"}"#
        ),
        Answer(
            "U+2028, U+2029 and U+0085 are text",
            "data: {\"type\":\"a\u{2028}b\u{2029}c\u{85}d\"}\n\n",
            "{\"type\":\"a\u{2028}b\u{2029}c\u{85}d\"}"
        ),
        Answer(
            "CR",
            "data: {\"type\":\"a\"}\r\rdata: {\"b\":1}\r\r",
            #"{"type":"a"}"#,
            #"{"b":1}"#
        ),
        Answer("CR LF", "data: {\"a\":1}\r\n\r\ndata: {\"b\":1}\r\n\r\n", #"{"a":1}"#, #"{"b":1}"#),
        Answer(
            "comments and other fields",
            ": heartbeat\n\n:\n\nid: 1\nretry: 5\nnonsense\ndata: {\"a\":1}\n: x\n\n",
            #"{"a":1}"#
        ),
        Answer(
            "what is not an object is passed over",
            "data: {\"a\":1}\n\ndata: [1,2]\n\ndata: 5\n\ndata: {broken\n\ndata:\n\ndata: {\"b\":1}\n\n",
            #"{"a":1}"#,
            #"{"b":1}"#
        ),
        Answer(
            "an unterminated last event",
            "data: {\"a\":1}\n\ndata: {\"b\":1}",
            #"{"a":1}"#,
            #"{"b":1}"#
        ),
        Answer("[DONE]", "data: {\"a\":1}\n\ndata: [DONE]\n\ndata: {\"late\":1}\n\n", #"{"a":1}"#),
        Answer(
            "event: done",
            "data: {\"a\":1}\n\nevent: done\ndata: {\"b\":1}\n\n",
            #"{"a":1}"#,
            #"{"b":1}"#
        ),
    ]

    @Test(arguments: answers)
    func theBodyBecomesFrames(answer: Answer) throws {
        try expect(answer) { $0.stream(answer.body) }
    }

    @Test(arguments: answers)
    func theBodyMayComeByteByByte(answer: Answer) throws {
        try expect(answer) { request in
            for byte in answer.body.utf8 {
                request.send(bytes: Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8))
            }
        }
    }

    /// The answer is followed by another turn, whose frames show that nothing more came of it.
    private func expect(_ answer: Answer, _ stream: (ManualAgentConnection) -> Void) throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            stream(request)
            request.end()
            let last = AgentSays.token("over", isFinal: true)
            try ide.say("Again")
            try agent.nextRequest().answer(last)
            let texts = try ide.answer()
            #expect(texts.map { Array($0.utf8) } == (answer.frames + [last]).map { Array($0.utf8) })
            let bodies = try gateway.chunkBytes(ofTurn: 1)
            #expect(bodies.starts(with: answer.body.utf8) || answer.name == "[DONE]")
        }
    }

    /// The block is there with the CR of its blank line; the LF that comes later ends nothing and lacks nothing.
    @Test func theSecondHalfOfTheLastLineEndIsNoUnterminatedEvent() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            request.stream("data: {\"a\":1}\r\n\r")
            #expect(try ide.nextText() == #"{"a":1}"#)
            request.stream("\n")
            request.end()
            let events = try gateway.waitForEvents("the end of the answer") {
                $0.contains { $0.header.knownKind == .streamEnded }
            }
            let chunks = events.filter { $0.header.knownKind == .chunkReceived }
            #expect(chunks.map(\.header.detail) == [0, 0])
            #expect(chunks.flatMap(\.body) == Array("data: {\"a\":1}\r\n\r\n".utf8))
        }
    }

    @Test func anAnswerWithoutEventsIsSilentAndOnRecord() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123")
            try ide.say("Hello")
            try agent.nextRequest().answer()
            try gateway.waitForLine("INFO: [abc-123] The agent's answer held no event")
            try ide.say("Again")
            try agent.nextRequest().answer(AgentSays.token("a", isFinal: true))
            #expect(try ide.answer().count == 1)
        }
    }

    @Test func afterADoneMarkTheEndOfTheBodyIsNotWaitedFor() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123")
            try ide.say("Hello")
            let first = try agent.nextRequest()
            first.begin()
            first.event(AgentSays.token("a", isFinal: true))
            first.stream("data: [DONE]\n\n")
            _ = try ide.answer()
            try ide.say("Again")
            try agent.nextRequest().answer(AgentSays.token("b", isFinal: true))
            #expect(try ide.answer() == [AgentSays.token("b", isFinal: true)])
        }
    }
}

extension RunningGateway {
    /// The bodies of a turn's chunks, joined.
    func chunkBytes(ofTurn turn: Int) throws -> [UInt8] {
        let events = try events()
        let requests = events.filter { $0.header.knownKind == .requestSent }
        guard requests.indices.contains(turn - 1) else { return [] }
        let request = requests[turn - 1].header
        return events.filter {
            $0.header.knownKind == .chunkReceived && $0.header.connection == request.connection
                && $0.header.cause == request.ordinal
        }.flatMap(\.body)
    }
}
