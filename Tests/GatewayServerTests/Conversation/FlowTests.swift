import AgentSimulator
import BlockingWebSocket
import Events
import Testing
import Wire

/// Large messages and IDEs that are slow to take them.
struct FlowTests {
    @Test func anIDEThatReadsNothingHoldsOnlyItsOwnAnswersBack() throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url) { gateway in
            let slow = try gateway.connect("slow", receiveBufferBytes: 4096)
            let count = 60
            for number in 1...count { try slow.say("slow-\(number) #fail:big=300000") }
            let other = try gateway.connect("other")
            for number in 1...40 {
                try other.say("other-\(number)")
                #expect(try other.answer().joined().contains("other-\(number)"))
            }
            // What the system's buffers took (4 MB at most), 1 MiB, and one answer more.
            let posted = agent.posts().count { $0.sessionID == "slow" }
            #expect(posted < 25)
            for number in 1...count {
                let texts = try slow.answer()
                #expect(texts.contains { $0.utf8.count > 300_000 })
                #expect(texts.last?.contains("slow-\(number)\"") == true)
            }
        }
    }

    @Test func anIDEThatTakesNothingForTooLongIsClosed() throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url, { $0.slowConsumerTimeout = 50_000 }) { gateway in
            let slow = try gateway.connect("slow", receiveBufferBytes: 4096)
            for _ in 1...8 { try slow.say("Hello #fail:big=4000000") }
            let events = try gateway.waitForEvents("the close") { $0.has(.connectionClosed) }
            let closed = events.first { $0.header.knownKind == .connectionClosed }
            #expect(closed?.header.detail == 1008)
            let other = try gateway.connect("other")
            try other.say("Hello")
            _ = try other.answer()
        }
    }

    @Test func sixteenMebibytesGoBothWays() throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123", timeout: .seconds(4 * patience))
            // Room for the envelopes: the simulator reads 16 MiB, the gateway blocks of as many.
            let content = String(repeating: "x", count: (16 << 20) - 256)
            try ide.say(content)
            let token = try #require(try ide.answer().last)
            #expect(
                token == #"{"type":"assistant_message","token":" \#(content)","is_final":true}"#
            )
        }
    }

    @Test func aFragmentedMessageIsOneMessage() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123")
            let message = Array(BlockingWebSocket.userMessage("Привет, мир").utf8)
            let last = message.count - 1
            for (index, byte) in message.enumerated() {
                try ide.send(
                    index == 0 ? .text : .continuation,
                    payload: [byte],
                    isFinal: index == last
                )
                if index == last / 2 { try ide.ping([1]) }
            }
            let request = try agent.nextRequest()
            #expect(
                request.body.hasSuffix(#""message":\#(String(decoding: message, as: UTF8.self))}"#)
            )
            request.answer(AgentSays.token("a", isFinal: true))
            #expect(try ide.receive() == .pong([1]))
            #expect(try ide.nextText() == AgentSays.token("a", isFinal: true))
            let frame = try gateway.events().first { $0.header.knownKind == .frameReceived }
            let text = try gateway.events().first { $0.body == message }
            #expect(frame.map { FrameDetail($0.header.detail).opcode } == 9)
            #expect(text.map { FrameDetail($0.header.detail).fragments } == message.count)
        }
    }

    @Test func aMessageMayComeTogetherWithTheHandshake() throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url) { gateway in
            let deadline = Deadline(after: .seconds(patience))
            let socket = try BlockingSocket(host: "127.0.0.1", port: gateway.port, by: deadline)
            let head = WebSocketHandshake.request(
                target: "/ws/abc-123",
                host: "127.0.0.1",
                nonce: Array(0..<16)
            )
            var bytes: [UInt8] = []
            try HTTPHeadWriter.append(head, to: &bytes)
            let message = Array(BlockingWebSocket.userMessage("early").utf8)
            WebSocketFrameWriter.append(.text, payload: message.span, mask: 1, to: &bytes)
            try socket.send(bytes, by: deadline)
            var input: [UInt8] = []
            while !String(decoding: input, as: UTF8.self).contains("early") {
                guard case .bytes = try socket.receive(into: &input, by: deadline) else {
                    throw NotInTime(description: "no answer to the early message")
                }
            }
            #expect(agent.posts().map(\.sessionID) == ["abc-123"])
        }
    }

    @Test func anEventOfTheAgentThatIsTooLongIsAnError() throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url, { $0.maxMessageBytes = 1000 }) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello #fail:big=2000")
            #expect(try ide.nextText().contains("session_info"))
            #expect(try ide.nextText().contains("Streaming error: "))
            try ide.say("Again")
            _ = try ide.answer()
            #expect(agent.posts().map { $0.sessionID != nil } == [false, true])
        }
    }
}
