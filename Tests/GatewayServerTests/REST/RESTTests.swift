import AgentSimulator
import Events
import Foundation
import Testing
import Wire

@testable import GatewayServer

/// REST calls through a gateway to a simulated agent.
final class RESTTests {
    private let gateway: RESTGateway

    init() throws { gateway = try RESTGateway() }

    deinit { gateway.remove() }

    private func call(_ method: String, _ target: String, body: String = "") throws -> HTTPReply {
        try gateway.call(method, target, body: body)
    }

    /// What the agent got last.
    private func lastRequest() throws -> RecordedRequest {
        try #require(gateway.simulator.requests().last)
    }

    @Test(arguments: [
        ("/agents", "/agents"),
        ("/agents/S/current", "/agents/S/current"),
        ("/sessions", "/sessions"),
        ("/sessions/S/history", "/sessions/S/history"),
        ("/sessions/S/pending-approvals", "/sessions/S/pending-approvals"),
        ("/events/metrics", "/events/metrics"),
        ("/events/metrics/sessions", "/events/metrics/sessions"),
        ("/events/metrics/session/S", "/events/metrics/session/S"),
        ("/events/audit-log", "/events/audit-log?limit=100"),
        ("/events/audit-log?session_id=S", "/events/audit-log?session_id=S&limit=100"),
        ("/events/audit-log?limit=5&event_type=x", "/events/audit-log?limit=5&event_type=x"),
        ("/events/stats", "/events/stats"),
        ("/sessions?a=%20b&c=%D0%B9&a", "/sessions?a=%20b&c=%D0%B9&a"),
    ])
    func everyRouteGoesToTheAgent(target: String, there: String) throws {
        let made = try call("POST", "/api/v1/sessions", body: "{}")
        let object = try JSONSerialization.jsonObject(with: Data(made.body)) as? [String: Any]
        let id = try #require(object?["session_id"] as? String)
        let reply = try call("GET", "/api/v1" + target.replacing("/S", with: "/" + id))
        #expect(reply.status == 200)
        #expect(reply.head.mediaType == "application/json")
        #expect(reply.body.first == UInt8(ascii: "{"))
        let request = try lastRequest()
        let wanted = there.replacing("/S", with: "/" + id)
        #expect(request.method == "GET" && request.head.target == wanted)
        #expect(request.fields.values(of: "X-Internal-Auth") == [RESTGateway.key])
        #expect(request.fields.value(of: "Host") == "127.0.0.1:\(gateway.simulator.port)")
        #expect(request.body.isEmpty)
    }

    @Test func theFirstTwoSegmentsGoHoweverTheyAreWritten() throws {
        #expect(try call("GET", "/api/%761/sessions?x").status == 200)
        #expect(try lastRequest().head.target == "/sessions?x")
        #expect(try call("GET", "http://gateway/api/v1/sessions").status == 200)
        #expect(try lastRequest().head.target == "/sessions")
    }

    @Test func aBodyGoesOnAsItIs() throws {
        let body = #"{"title":"Привет", "n": 1.0}"#
        #expect(try call("POST", "/api/v1/sessions", body: body).status == 200)
        let request = try lastRequest()
        #expect(request.text == body)
        #expect(request.fields.value(of: "Content-Type") == "application/json")
        #expect(request.fields.value(of: "Content-Length") == String(body.utf8.count))
    }

    @Test func anEmptyBodyHasALength() throws {
        #expect(try call("POST", "/api/v1/sessions").status == 200)
        #expect(try lastRequest().fields.value(of: "Content-Length") == "0")
    }

    @Test func anAgentsRefusalKeepsItsStatus() throws {
        let reply = try call("GET", "/api/v1/sessions/none/history")
        #expect(reply.status == 404)
        let object = try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: String]
        #expect(object?["error"] == "Agent Runtime error: 404")
        #expect(object?["detail"]?.contains("/sessions/none/history not found") == true)
    }

    @Test func anUnreachableAgentIs500() throws {
        gateway.simulator.stop()
        let reply = try call("GET", "/api/v1/sessions")
        #expect(reply.status == 500)
        let object = try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: String]
        #expect(object?["error"] == "Gateway error")
        #expect(object?["detail"]?.contains("Connection refused") == true)
    }

    @Test(arguments: [
        HTTPFields(), ["X-Internal-Auth": "wrong"], ["X-Internal-Auth": ""],
        ["X-Internal-Auth": RESTGateway.key, "x-internal-auth": "other"],
        ["Authorization": "Bearer " + RESTGateway.key],
    ])
    func withoutTheKeyNothingIsTold(fields: HTTPFields) throws {
        let reply = try gateway.call("GET", "/api/v1/sessions", fields: fields)
        #expect(reply.status == 401)
        #expect(reply.text == #"{"detail":"unauthorized"}"#)
        #expect(gateway.simulator.requests().isEmpty)
        #expect(try gateway.events().allSatisfy { $0.header.connection == 0 })
    }

    @Test(arguments: ["/health", "/api/v1/health", "/health?x=1"])
    func healthIsPublic(target: String) throws {
        let reply = try gateway.call("GET", target, fields: [:])
        #expect(reply.status == 200)
        let body = #"{"status":"healthy","service":"gateway","version":"\#(version)"}"#
        #expect(reply.text == body)
    }

    private var version: String { Settings.programVersion }

    @Test(arguments: [
        ("GET", "/"), ("GET", "/sessions"), ("GET", "/api/v1"), ("GET", "/api/v1/"),
        ("GET", "/api/v1/none"), ("GET", "/api/v1/sessions/"), ("GET", "/api/v1//history"),
        ("GET", "/api/v1/sessions//history"), ("GET", "/api/v2/sessions"),
        ("GET", "/api/v1/ws"), ("GET", "/api/v1/ws/"), ("GET", "/ws/"), ("GET", "/ws/a/"),
        ("GET", "/api/v1/agent/message/stream"), ("POST", "/agent/message/stream"),
    ])
    func whatIsNotThereIs404(method: String, target: String) throws {
        let reply = try call(method, target)
        #expect(reply.status == 404)
        #expect(reply.text == #"{"detail":"Not Found"}"#)
    }

    @Test(arguments: [
        ("POST", "/health", "GET"), ("DELETE", "/api/v1/sessions", "GET, POST"),
        ("POST", "/api/v1/agents", "GET"), ("PUT", "/api/v1/events/audit-log", "GET"),
    ])
    func theWrongMethodIs405(method: String, target: String, allowed: String) throws {
        let reply = try call(method, target)
        #expect(reply.status == 405)
        #expect(reply.head.value(of: "Allow") == allowed)
        #expect(reply.text == #"{"detail":"Method Not Allowed"}"#)
    }

    @Test(arguments: ["/%zz", "/api/v1/sessions/%f/history", "/ws/%ff"])
    func aPathThatCannotBeReadIs400(target: String) throws {
        let reply = try call("GET", target)
        #expect(reply.status == 400)
        #expect(reply.text == #"{"detail":"the path is not valid"}"#)
    }

    @Test func aGETsBodyGoesNowhere() throws {
        #expect(try call("GET", "/api/v1/sessions", body: "HELLO").status == 200)
        let request = try lastRequest()
        #expect(request.body.isEmpty && request.fields.value(of: "Content-Type") == nil)
        let forwarded = try gateway.events().first { $0.header.knownKind == .restForwarded }
        #expect(forwarded.map { String(decoding: $0.body, as: UTF8.self) } == "GET /sessions\n")
    }

    @Test func callsAreOnRecordAroundTheAgent() throws {
        let caller = try gateway.caller()
        let fields: HTTPFields = ["X-Internal-Auth": RESTGateway.key]
        try caller.send("POST", "/api/v1/sessions", fields: fields, body: "{}")
        let made = try caller.receive()
        try caller.send("GET", "/api/v1/sessions/none/history", fields: fields)
        let refused = try caller.receive()
        let events = try gateway.events().filter { $0.header.connection != 0 }
        #expect(
            events.map(\.header.knownKind) == [
                .restForwarded, .restExchanged, .restForwarded, .restExchanged,
            ]
        )
        #expect(Set(events.map(\.header.connection)).count == 1)
        #expect(events.map(\.header.ordinal) == [1, 2, 3, 4])
        #expect(events.map(\.header.cause) == [0, 1, 0, 3])
        #expect(events.map(\.header.detail) == [0, 200, 0, 404])
        #expect(String(decoding: events[0].body, as: UTF8.self) == "POST /sessions\n{}")
        let exchanged = RESTExchanged(
            method: "POST",
            target: "/sessions",
            bytes: made.body.count
        )
        #expect(events[1].body == exchanged.body)
        #expect(refused.status == 404)
        #expect(try RESTGateway.findings(of: gateway.folder) == [])
    }
}
