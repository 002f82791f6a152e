import AgentSimulator
import BlockingWebSocket
import Events
import Session
import Testing

/// The binding survives whatever becomes of the answer (PROTOCOL §7.1, §7.6).
struct BindingTests {
    /// PROTOCOL §7.1
    @Test(arguments: [
        FailureKind.cutAfterSessionInfo, .cutMidBlock, .cutMidChunk, .reset, .badChunkSize,
        .unterminatedSessionInfo,
    ])
    func theIDIsAdoptedWhenTheStreamBreaksRightAfterSessionInfo(failure: FailureKind) throws {
        let agent = try startSimulator()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello #fail:\(failure.rawValue)")
            #expect(try ide.nextText().contains("session_info"))
            if failure != .unterminatedSessionInfo {
                #expect(
                    try ide.nextText().contains(#""type":"error","content":"Streaming error: "#)
                )
            }
            try ide.say("Again")
            _ = try ide.answer()
            let posts = agent.posts()
            #expect(posts.map { $0.sessionID != nil } == [false, true])
            #expect(
                try gateway.state(connection: 1).identity?.sessionID?.text == posts[1].sessionID
            )
        }
    }

    /// PROTOCOL §7.1
    @Test func theIDIsAdoptedWhenTheAgentFallsSilentAfterSessionInfo() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.streamTimeout = 2_000_000 }) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            request.event(AgentSays.sessionInfo("abc-123"))
            #expect(try ide.nextText() == AgentSays.sessionInfo("abc-123"))
            #expect(try ide.nextText().contains("Streaming error: the agent sent nothing for"))
            try request.waitForEnd()
            try ide.say("Again")
            #expect(try agent.nextRequest().body.hasPrefix(#"{"session_id":"abc-123","#))
        }
    }

    /// PROTOCOL §7.6
    @Test(arguments: ["close frame", "end of input", "reset"])
    func aSessionInfoAfterTheIDEHasLeftIsOnRecord(leaving: String) throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            try leave(ide, by: leaving)
            try gateway.waitForLine("INFO: [new_1] WebSocket disconnected")
            request.event(AgentSays.sessionInfo("abc-123"))
            request.event(AgentSays.token("a", isFinal: true))
            request.end()
            try gateway.waitForEvents("the end of the answer") { $0.has(.streamEnded) }
            let state = try gateway.state(connection: 1)
            #expect(state.identity == Identity(pathID: "abc-123"))
            #expect(state.anomalies == [])
        }
    }

    @Test func theRequestIsCancelledWhenTheSettingSaysSo() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.onDisconnect = .cancel }) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            try ide.close()
            try request.waitForEnd()
            let events = try gateway.waitForEvents("the failure") { $0.has(.requestFailed) }
            let failed = events.first { $0.header.knownKind == .requestFailed }
            #expect(failed?.header.detail == RequestFailure.cancelled.rawValue)
        }
    }

    @Test func anAnswerWhoseIDEHasLeftIsGivenUpAfterTheFinishTimeout() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url, { $0.finishTimeout = 50_000 }) { gateway in
            let ide = try gateway.connect("new_1")
            try ide.say("Hello")
            let request = try agent.nextRequest()
            request.begin()
            try ide.close()
            try request.waitForEnd()
            let events = try gateway.waitForEvents("the failure") { $0.has(.requestFailed) }
            let failed = events.first { $0.header.knownKind == .requestFailed }
            #expect(failed?.header.detail == RequestFailure.finishTimeout.rawValue)
        }
    }

    private func leave(_ ide: BlockingWebSocket, by way: String) throws {
        switch way {
        case "close frame": try ide.close()
        case "end of input": ide.finishSending()
        default: ide.reset()
        }
    }
}

extension [RecordedEvent] {
    /// Whether an event of the kind is among them.
    func has(_ kind: EventKind) -> Bool { contains { $0.header.knownKind == kind } }
}
