import Events
import Testing
import Wire

@testable import GatewayServer

/// Callers with access tokens, and an auth service that the test plays itself.
final class TokenCallerTests {
    private let service: ManualAgent
    private let gateway: RESTGateway

    init() throws {
        let service = try ManualAgent()
        let url = try HTTPBaseURL(service.url)
        self.service = service
        gateway = try RESTGateway { settings in
            settings.useJWT = true
            settings.authServiceURL = url
        }
    }

    deinit { gateway.remove() }

    @Test func keysAreFetchedAtTheStart() throws {
        let request = try service.nextRequest()
        #expect(request.head?.method == "GET")
        #expect(request.head?.target == "/.well-known/jwks.json")
        #expect(request.head?.value(of: "X-Internal-Auth") == nil)
        try giveKeys(to: request)
        for _ in 1..<RunningGateway.loops { try giveKeys(to: service.nextRequest()) }
        #expect(try call(SignedTokens.good).status == 200)
        #expect(try !service.hasRequest())
    }

    @Test func aCallWaitsForTheKeys() throws {
        let caller = try gateway.caller()
        let fields = Self.bearer(SignedTokens.good)
        try caller.send("POST", "/api/v1/sessions", fields: fields, body: "{}")
        try caller.send("GET", "/api/v1/sessions", fields: fields)
        try caller.send("GET", "/api/v1/sessions", fields: Self.bearer(SignedTokens.expired))
        #expect(try gateway.call("GET", "/health").status == 200)
        #expect(try gateway.call("GET", "/api/v1/sessions").status == 200)
        try giveKeys()
        #expect(200...201 ~= (try caller.receive().status))
        #expect(try caller.receive().status == 200)
        #expect(try caller.receive().status == 401)
    }

    @Test func aBodyThatComesWhileTheCallWaits() throws {
        let caller = try gateway.caller()
        try caller.send(
            "POST /api/v1/sessions HTTP/1.1\r\nHost: gateway\r\nContent-Length: 2\r\n"
                + "Authorization: Bearer \(SignedTokens.good)\r\nExpect: 100-continue\r\n\r\n"
        )
        try giveKeys()
        #expect(try caller.receive().status == 100)
        try caller.send("{}")
        #expect(200...201 ~= (try caller.receive().status))
    }

    @Test func aCallerThatLeavesWhileItWaits() throws {
        do {
            let caller = try gateway.caller()
            try caller.send("GET", "/api/v1/sessions", fields: Self.bearer(SignedTokens.good))
        }
        try giveKeys()
        #expect(try call(SignedTokens.good).status == 200)
    }

    @Test func aCallThatWaitsWhenTheGatewayStopsIsAnswered() throws {
        let caller = try gateway.caller()
        // From then on its loop hears of what comes in the order in which it comes.
        try caller.send("GET", "/health")
        #expect(try caller.receive().status == 200)
        try caller.send("GET", "/api/v1/sessions", fields: Self.bearer(SignedTokens.good))
        _ = try service.nextRequest()
        let lines = try gateway.stop()
        #expect(try caller.receive().status == 503)
        #expect(lines.hasSuffix("INFO: [gateway] Stopped\n"))
    }

    @Test func aServiceThatSaysNothing() throws {
        let service = try ManualAgent()
        let url = try HTTPBaseURL(service.url)
        let gateway = try RESTGateway { settings in
            settings.useJWT = true
            settings.authServiceURL = url
            settings.requestTimeout = 300_000
        }
        defer { gateway.remove() }
        let fields = Self.bearer(SignedTokens.good)
        #expect(try gateway.call("GET", "/api/v1/sessions", fields: fields).status == 503)
    }

    @Test(arguments: [
        "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"keys\":[1]}",
        "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n"
            + String(repeating: " ", count: 1_048_577),
        "what is this\r\n\r\n",
    ])
    func withoutKeysTheCallerMayTryAgain(answer: String) throws {
        for _ in 0..<RunningGateway.loops { try service.nextRequest().send(answer) }
        let reply = try call(SignedTokens.good)
        #expect(reply.status == 503)
        let seconds = reply.head.value(of: "Retry-After").flatMap { Int($0) }
        #expect(1...10 ~= (seconds ?? 0))
        #expect(reply.text == #"{"detail":"access tokens cannot be checked now"}"#)
        #expect(try gateway.call("GET", "/api/v1/sessions").status == 200)
        let lines = try gateway.stop()
        let warning = "WARNING: [gateway] Cannot get the keys of access tokens from \(service.url)/"
        #expect(lines.contains(warning))
    }

    @Test func whatIsRefusedSaysThatTokensAreTaken() throws {
        try giveKeys()
        let expired = try call(SignedTokens.expired)
        #expect(expired.status == 401)
        #expect(expired.text == #"{"detail":"unauthorized"}"#)
        #expect(expired.head.value(of: "WWW-Authenticate") == #"Bearer error="invalid_token""#)
        let nothing = try gateway.call("GET", "/api/v1/sessions", fields: [:])
        #expect(nothing.status == 401)
        #expect(nothing.head.value(of: "WWW-Authenticate") == "Bearer")
        let wrongKey: HTTPFields = ["X-Internal-Auth": "wrong"]
        let refused = try gateway.call("GET", "/api/v1/sessions", fields: wrongKey)
        #expect(refused.head.value(of: "WWW-Authenticate") == "Bearer")
        let twice: HTTPFields = [
            "Authorization": "Bearer \(SignedTokens.good)",
            "authorization": "Bearer \(SignedTokens.good)",
        ]
        #expect(try gateway.call("GET", "/api/v1/sessions", fields: twice).status == 401)
        #expect(try call("").status == 401)
        #expect(try !service.hasRequest())
        let lines = try gateway.stop()
        #expect(lines.contains("INFO: [gateway] Refused an access token from 127.0.0.1:"))
        #expect(!lines.contains(SignedTokens.expired.suffix(40)))
    }

    @Test func aTokenComesBeforeAKey() throws {
        try giveKeys()
        let wrong: HTTPFields = [
            "Authorization": "Bearer \(SignedTokens.good)", "X-Internal-Auth": "wrong",
        ]
        #expect(try gateway.call("GET", "/api/v1/sessions", fields: wrong).status == 200)
        let expired: HTTPFields = [
            "Authorization": "Bearer \(SignedTokens.expired)", "X-Internal-Auth": RESTGateway.key,
        ]
        #expect(try gateway.call("GET", "/api/v1/sessions", fields: expired).status == 401)
        let basic: HTTPFields = [
            "Authorization": "Basic dTpw", "X-Internal-Auth": RESTGateway.key,
        ]
        #expect(try gateway.call("GET", "/api/v1/sessions", fields: basic).status == 200)
    }

    @Test func theNameOfTheKeyIsAHint() throws {
        try giveKeys()
        #expect(try call(SignedTokens.ofAnotherKey).status == 200)
        #expect(try !service.hasRequest())
    }

    @Test func aTokenOpensAWebSocket() throws {
        try giveKeys()
        #expect(try handshake(Self.bearer(SignedTokens.good)) == 101)
        #expect(try handshake(Self.bearer(SignedTokens.expired)) == 401)
        #expect(try handshake([:]) == 101)
        let openings = try gateway.events().filter { $0.header.knownKind == .connectionOpened }
            .compactMap { ConnectionOpened($0.body.span)?.authentication }
        #expect(openings == ["jwt", "none"])
    }

    private static func bearer(_ token: String) -> HTTPFields {
        ["Authorization": "Bearer \(token)"]
    }

    private func call(_ token: String) throws -> HTTPReply {
        try gateway.call("GET", "/api/v1/sessions", fields: Self.bearer(token))
    }

    /// The status of a handshake.
    private func handshake(_ fields: HTTPFields) throws -> Int {
        var all: HTTPFields = [
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ]
        all.append(contentsOf: fields)
        return try gateway.call("GET", "/api/v1/ws/new_1", fields: all).status
    }

    /// Answers the fetch of every loop.
    private func giveKeys() throws {
        for _ in 0..<RunningGateway.loops { try giveKeys(to: service.nextRequest()) }
    }

    private func giveKeys(to request: ManualAgentConnection) throws {
        let keys = SignedTokens.keys
        request.send("HTTP/1.1 200 OK\r\nContent-Length: \(keys.utf8.count)\r\n\r\n\(keys)")
    }
}
