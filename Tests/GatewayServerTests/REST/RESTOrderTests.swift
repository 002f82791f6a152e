import Dispatch
import Events
import Foundation
import Testing
import Wire

@testable import GatewayServer

/// What comes before what in a REST call, with an agent that answers when the test says so.
struct RESTOrderTests {
    private static let auth: HTTPFields = ["X-Internal-Auth": RESTGateway.key]

    private func recorded(_ gateway: RESTGateway) throws -> [EventKind?] {
        try gateway.events().filter { $0.header.connection != 0 }.map(\.header.knownKind)
    }

    @Test func aCallIsOnRecordBeforeTheAgentHasIt() throws {
        let agent = try OneCallAgent()
        let gateway = try RESTGateway(agentURL: agent.url + "/base")
        defer { gateway.remove() }
        let caller = try gateway.caller()
        try caller.send("GET", "/api/v1/sessions", fields: Self.auth)
        #expect(try agent.receive() == "GET /base/sessions HTTP/1.1")
        #expect(try recorded(gateway) == [.restForwarded])
        agent.send("HTTP/1.1 202 Accepted\r\nContent-Type: text/x\r\nContent-Length: 2\r\n\r\nok")
        let reply = try caller.receive()
        #expect(try recorded(gateway) == [.restForwarded, .restExchanged])
        #expect(reply.status == 202 && reply.head.mediaType == "text/x" && reply.text == "ok")
    }

    /// Statuses that leave no room for a body, and answers that break off.
    @Test(arguments: [
        ("HTTP/1.1 304 Not Modified\r\n\r\n", "Agent Runtime error: 304"),
        ("HTTP/1.1 101 Switching Protocols\r\n\r\n", "Agent Runtime error: 101"),
        ("garbage\r\n\r\n", "Gateway error"),
    ])
    func whatCannotBePassedOnIs500(answer: String, error: String) throws {
        let agent = try OneCallAgent()
        let gateway = try RESTGateway(agentURL: agent.url)
        defer { gateway.remove() }
        let caller = try gateway.caller()
        try caller.send("GET", "/api/v1/sessions", fields: Self.auth)
        _ = try agent.receive()
        agent.send(answer)
        let reply = try caller.receive()
        #expect(reply.status == 500)
        #expect(reply.text.hasPrefix(#"{"error":"\#(error)""#))
    }

    @Test func aCallUnderWayIsAnsweredAlthoughTheGatewayStops() throws {
        let agent = try OneCallAgent()
        let gateway = try RESTGateway(agentURL: agent.url) { $0.drainTimeout = 10_000_000 }
        defer { gateway.remove() }
        let idle = try gateway.caller()
        try idle.send("GET", "/health")
        _ = try idle.receive()
        let caller = try gateway.caller()
        try caller.send("GET", "/api/v1/sessions", fields: Self.auth)
        _ = try agent.receive()
        let server = gateway.server
        let stopped = DispatchGroup()
        DispatchQueue.global().async(group: stopped) { server.stop() }
        #expect(try idle.isClosed())
        agent.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        let reply = try caller.receive()
        #expect(reply.status == 200 && reply.head.value(of: "Connection") == "close")
        #expect(try caller.isClosed())
        #expect(stopped.wait(timeout: .now() + 10) == .success)
        #expect(try recorded(gateway) == [.restForwarded, .restExchanged])
    }

    @Test func butOnlyForTheDrainTimeout() throws {
        let agent = try OneCallAgent()
        let gateway = try RESTGateway(agentURL: agent.url) { $0.drainTimeout = 20_000 }
        defer { gateway.remove() }
        let caller = try gateway.caller()
        try caller.send("GET", "/api/v1/sessions", fields: Self.auth)
        _ = try agent.receive()
        gateway.server.stop()
        #expect(try caller.isClosed())
    }
}
