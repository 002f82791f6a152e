import BlockingWebSocket
import Events
import Testing

/// How the end of an idle connection is put on record.
struct LeavingTests {
    /// A way to leave, and what is recorded of it.
    enum Way: CaseIterable, Sendable {
        case closeFrame
        case endOfInput
        case reset
    }

    @Test(arguments: Way.allCases)
    func theEndIsOnRecordWithItsSideAndCode(way: Way) throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123")
            switch way {
            case .closeFrame: try ide.close(.goingAway)
            case .endOfInput: ide.finishSending()
            case .reset: ide.reset()
            }
            try gateway.waitForLine("INFO: [abc-123] WebSocket disconnected")
            let closed = try gateway.events().last { $0.header.knownKind == .connectionClosed }
            let side = closed.flatMap { ConnectionClosed($0.body.span)?.side }
            #expect(side == (way == .reset ? .network : .ide))
            #expect(closed?.header.detail == (way == .closeFrame ? 1001 : 1006))
        }
    }

    @Test func messagesThatWaitAreNotPostedWhenTheIDEHasLeft() throws {
        let agent = try ManualAgent()
        try withGateway(agent: agent.url) { gateway in
            let ide = try gateway.connect("abc-123")
            for number in 1...3 { try ide.say("\(number)") }
            try ide.close()
            let request = try agent.nextRequest()
            try gateway.waitForLine("INFO: [abc-123] WebSocket disconnected")
            request.answer(AgentSays.token("a", isFinal: true))
            try gateway.waitForEvents("the end of the answer") { $0.has(.streamEnded) }
            let state = try gateway.state(connection: 1)
            #expect(state.anomalies.map(\.kind) == [.messagesDropped(2)])
            #expect(state.turns == 1)
        }
    }
}
