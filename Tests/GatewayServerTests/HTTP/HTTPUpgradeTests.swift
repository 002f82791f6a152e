import BlockingWebSocket
import Events
import Foundation
import Testing
import Wire

@testable import GatewayServer

/// The way from a request to a WebSocket.
final class HTTPUpgradeTests {
    private let gateway: RESTGateway

    init() throws { gateway = try RESTGateway { $0.maxConnections = 2 } }

    deinit { gateway.remove() }

    private func open(_ path: String) throws -> BlockingWebSocket {
        try BlockingWebSocket(
            connectingTo: WebSocketURL("ws://127.0.0.1:\(gateway.server.port)\(path)")
        )
    }

    private static let handshake: HTTPFields = [
        "Connection": "Upgrade", "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
    ]

    private func handshake(_ name: String, _ value: String?) -> HTTPFields {
        var fields = HTTPFields(Self.handshake.lines.filter { $0.name != name })
        if let value { fields.append(name, value) }
        return fields
    }

    private func openedIDs() throws -> [String] {
        try gateway.events().filter { $0.header.knownKind == .connectionOpened }
            .compactMap { ConnectionOpened($0.body.span)?.id }
    }

    @Test func theSampleOfTheStandardIsAccepted() throws {
        let caller = try gateway.caller()
        try caller.send("GET", "/ws/a", fields: Self.handshake)
        let reply = try caller.receive()
        #expect(reply.status == 101)
        #expect(reply.head.value(of: "Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    @Test func anotherVersionIs426() throws {
        let fields = handshake("Sec-WebSocket-Version", "8")
        let reply = try gateway.call("GET", "/ws/a", fields: fields)
        #expect(reply.status == 426 && reply.head.value(of: "Sec-WebSocket-Version") == "13")
    }

    @Test(arguments: [nil, "", "c2hvcnQ=", "not base 64 at all!!!!!!"])
    func withoutAKeyItIs400(key: String?) throws {
        let fields = handshake("Sec-WebSocket-Key", key)
        #expect(try gateway.call("GET", "/ws/a", fields: fields).status == 400)
        #expect(try openedIDs() == [])
    }

    @Test func aPlainRequestIsToldToUpgrade() throws {
        let reply = try gateway.call("GET", "/api/v1/ws/a")
        #expect((400...426).contains(reply.status))
        #expect(reply.text.hasPrefix(#"{"detail":"#))
    }

    @Test func theWrongKeyIs401() throws {
        var fields = Self.handshake
        fields.append("X-Internal-Auth", "wrong")
        #expect(try gateway.call("GET", "/ws/a", fields: fields).status == 401)
    }

    @Test(
        arguments: [
            ("/ws/a%2Fb", "a/b"), ("/api/v1/ws/%D0%B9", "й"), ("/ws/a+b", "a+b"), ("/ws/..", ".."),
            ("/ws/a?token=b", "a"), ("/ws/\(String(repeating: "i", count: 8_000))", nil),
        ] as [(String, String?)]
    )
    func theIDIsDecoded(path: String, id: String?) throws {
        let socket = try open(path)
        #expect(try openedIDs() == [id ?? String(path.dropFirst("/ws/".count))])
        withExtendedLifetime(socket) {}
    }

    /// Nor does it get as far as the log lines.
    @Test(arguments: ["%0A", "%0d", "%00", "%1B", "%7F"])
    func aControlCharacterInAnIDIs400(encoded: String) throws {
        let path = "/ws/a\(encoded)INFO:%20%5Bx%5D%20forged"
        #expect(try gateway.call("GET", path, fields: Self.handshake).status == 400)
        #expect(try openedIDs() == [])
        #expect(try !gateway.stop().contains("forged"))
    }

    @Test func pastTheLimitANewOneIs503AndOthersDoNotSuffer() throws {
        let first = try open("/ws/new_1")
        let second = try open("/ws/new_2")
        for _ in 0..<3 {
            #expect(try gateway.call("GET", "/ws/new_3", fields: Self.handshake).status == 503)
        }
        #expect(try gateway.call("GET", "/health").status == 200)
        try first.send(#"{"type":"user_message","role":"user","content":"hi"}"#)
        guard case .text(let text) = try first.receive() else {
            Issue.record("no answer")
            return
        }
        #expect(text.contains("session_info"))
        try second.close()
        while try second.receive() != .endOfInput {}
        let third = try open("/ws/new_3")
        withExtendedLifetime(third) {}
    }

    /// More than there are places for callers: the others wait in the system's queue.
    @Test func pastTheLimitEachOfABurstIs503() throws {
        let open = try [open("/ws/new_1"), open("/ws/new_2")]
        var fields = Self.handshake
        fields.append("X-Internal-Auth", RESTGateway.key)
        var callers: [HTTPCaller] = []
        for _ in 0..<60 {
            let caller = try gateway.caller()
            try caller.send("GET", "/ws/new_3", fields: fields)
            callers.append(caller)
        }
        while let caller = callers.popLast() { #expect(try caller.receive().status == 503) }
        withExtendedLifetime(open) {}
    }
}
