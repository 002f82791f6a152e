import AgentSimulator
import Events
import Postmortem
import Testing
import Wire

@testable import replay

/// How recorded REST calls are answered; the answers to messages are held by ServeAgentTests.
struct PlayedAgentTests {
    private static func agent(_ exchanges: [(status: Int64, bytes: String)]) -> PlayedAgent {
        var calls = RecordedCalls()
        for (index, exchange) in exchanges.enumerated() {
            let ordinal = Int64(index) * 2 + 1
            let request = EventHeader(.restForwarded, connection: 1, ordinal: ordinal, at: 0)
            calls.take(request, Array("GET /agents\n".utf8).span)
            let answer = EventHeader(
                .restExchanged,
                connection: 1,
                ordinal: ordinal + 1,
                cause: ordinal,
                at: 0,
                detail: exchange.status
            )
            let body = #"{"method":"GET","target":"/agents","bytes":\#(exchange.bytes)}"#
            calls.take(answer, Array(body.utf8).span)
        }
        return PlayedAgent([], calls.calls, speed: 0)
    }

    private static func text(_ agent: PlayedAgent) -> String {
        let head = HTTPRequestHead(method: "GET", target: "/agents", fields: [:])
        guard case .send(let bytes)? = agent.answer(head, [], at: 0).steps.first else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (200, "5", "HTTP/1.1 200 ", "\r\n\r\n{   }"), (200, "0", "HTTP/1.1 200 ", "\r\n\r\n{}"),
        (404, "900", "HTTP/1.1 404 ", "\r\n\r\n{}"), (200, "-7", "HTTP/1.1 200 ", "\r\n\r\n{}"),
        // RFC 9110 §6.4.1: a body would be taken for the next answer.
        (204, "2", "HTTP/1.1 204 ", "\r\n\r\n"), (304, "2", "HTTP/1.1 304 ", "\r\n\r\n"),
        // What no agent can have answered.
        (100, "2", "HTTP/1.1 500 ", "\r\n\r\n{}"), (-1, "2", "HTTP/1.1 500 ", "\r\n\r\n{}"),
        (Int64.max, "2", "HTTP/1.1 500 ", "\r\n\r\n{}"),
    ])
    func answersInTheRecordedForm(status: Int64, bytes: String, begin: String, end: String) {
        let text = Self.text(Self.agent([(status, bytes)]))
        #expect(text.hasPrefix(begin) && text.hasSuffix(end), "\(text)")
    }

    /// Nothing that a record says makes an answer that fills the memory.
    @Test func isBounded() {
        let text = Self.text(Self.agent([(200, "9223372036854775807")]))
        #expect(text.utf8.count < 17 << 20)
    }

    /// One after the other, and the last of them again and again.
    @Test func answersInTheRecordedOrder() {
        let agent = Self.agent([(500, "2"), (200, "2")])
        let statuses = (0..<3).map { _ in Self.text(agent).prefix(12).suffix(3) }
        #expect(statuses == ["500", "200", "200"])
    }
}
