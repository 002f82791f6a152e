import AgentSimulator
import BlockingWebSocket
import Events
import GatewayServer
import Testing

/// The agent fails in every way that the simulator knows: the IDE gets what can be got, the connection
/// lives on, and the next message is answered.
struct AgentFailureTests {
    /// What an IDE gets besides the answer's own frames.
    enum Outcome: Equatable {
        /// Nothing: the answer is whole.
        case answer
        /// An error that begins so, after what came before.
        case error(String)
        /// Nothing at all.
        case silence
    }

    @Test(arguments: FailureKind.allCases, SimulatorManner.allCases)
    func theConnectionSurvives(failure: FailureKind, manner: SimulatorManner) throws {
        let agent = try startSimulator { $0.manner = manner }
        let change: (inout Settings) -> Void = { settings in
            if [.silent, .noHead].contains(failure) { settings.streamTimeout = 3_000_000 }
        }
        try withGateway(agent: agent.url, change) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("first #fail:\(Self.form(failure))")
            let last = #""token":" second","is_final":true"#
            if failure == .endless {
                _ = try ide.texts { $0.contains("more") }
                return try ide.close()
            }
            try ide.say("second")
            let texts = try ide.texts { $0.contains(last) }
            #expect(Self.outcome(texts) == Self.expected(failure), "\(texts)")
            #expect(agent.posts().count == 2)
        }
    }

    /// What became of the first answer; that of the second is left out.
    private static func outcome(_ texts: [String]) -> Outcome {
        let errors = texts.filter { $0.contains(#""type":"error""#) }
        if let error = errors.first {
            let content = error.dropFirst(#"{"type":"error","content":""#.count)
            let words = content.split(separator: " ").prefix(3).joined(separator: " ")
            return .error(words)
        }
        return texts.contains { $0.contains("first") || $0.contains(" 20") } ? .answer : .silence
    }

    private static func expected(_ failure: FailureKind) -> Outcome {
        switch failure {
        case .cutBeforeSessionInfo, .cutAfterSessionInfo, .cutMidBlock, .cutMidChunk, .reset,
            .refuse,
            .badChunkSize, .hugeHead:
            .error("Streaming error: the")
        case .silent, .noHead: .error("Streaming error: the")
        case .notEventStream: .error("Streaming error: the")
        case .status: .error(#"Agent error: 500"}"#)
        case .empty, .unterminatedSessionInfo: .silence
        default: .answer
        }
    }

    /// The failure with a number that a test can wait for.
    private static func form(_ failure: FailureKind) -> String {
        switch failure {
        case .slow: "slow=20"
        case .burst: "burst=20"
        case .big: "big=100000"
        default: Failure(failure).description
        }
    }

    @Test func anAgentThatIsNotThereIsAnError() throws {
        let agent = try startSimulator()
        let url = agent.url
        agent.stop()
        try withGateway(agent: url) { gateway in
            let ide = try gateway.connect("new_1")
            for _ in 1...2 {
                try ide.say("Hello")
                #expect(
                    try ide.nextText().contains("Streaming error: cannot connect to 127.0.0.1:")
                )
            }
        }
    }

    @Test func anAgentWithoutANameInTheNetworkIsAnError() throws {
        // A label has at most 63 characters (RFC 1035 §2.3.4): nobody has to be asked for this one.
        let host = String(repeating: "x", count: 64)
        try withGateway(agent: "http://\(host):1") { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            #expect(try ide.nextText().contains("Streaming error: cannot resolve \(host)"))
        }
    }

    @Test(arguments: [400, 401, 404, 429, 500, 503])
    func aStatusIsToldAndItsBodyIsOnRecord(status: Int) throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello #fail:status=\(status)")
            #expect(try ide.nextText() == #"{"type":"error","content":"Agent error: \#(status)"}"#)
            let failed = try gateway.events().first { $0.header.knownKind == .requestFailed }
            let body = String(decoding: failed?.body ?? [], as: UTF8.self)
            #expect(body.contains("simulated failure"))
        }
    }

    @Test func aRefusalWithoutEndIsNotWaitedFor() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.send("HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 1...10 { request.stream(String(repeating: "x", count: 1024)) }
            #expect(try ide.nextText() == #"{"type":"error","content":"Agent error: 500"}"#)
            let failed = try gateway.events().first { $0.header.knownKind == .requestFailed }
            #expect(failed?.body == [UInt8](repeating: UInt8(ascii: "x"), count: 8192))
        }
    }

    @Test func anIdleConnectionThatTheAgentClosesIsNoError() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            for _ in 1...3 {
                try ide.say("Hello")
                let request = try agent.nextRequest()
                request.answer(AgentSays.token("a", isFinal: true))
                #expect(try ide.answer() == [AgentSays.token("a", isFinal: true)])
                request.cut()
            }
            #expect(agent.acceptedConnections == 3)
        }
    }
}
