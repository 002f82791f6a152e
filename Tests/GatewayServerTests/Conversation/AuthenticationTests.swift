import BlockingWebSocket
import Events
import GatewayServer
import Testing
import Wire

/// Who may open a WebSocket (PROTOCOL §7.5).
struct AuthenticationTests {
    @Test(arguments: [Settings.WebSocketAuth.optional, .required])
    func theRightKeyIsLetInAndOnRecord(auth: Settings.WebSocketAuth) throws {
        try withGateway(agent: "http://127.0.0.1:9", Self.key(auth)) { gateway in
            let ide = try gateway.connect("new_1", fields: ["X-Internal-Auth": "right"])
            #expect(ide.response.status == 101)
            let opened = try #require(try gateway.opening())
            #expect(opened.authentication == "key")
            #expect(opened.id == "new_1")
        }
    }

    @Test(arguments: [Settings.WebSocketAuth.optional, .required])
    func aWrongKeyIsRefused(auth: Settings.WebSocketAuth) throws {
        try withGateway(agent: "http://127.0.0.1:9", Self.key(auth)) { gateway in
            for key in ["wrong", "", "righ", "right " + "x"] {
                #expect(refusal(gateway, ["X-Internal-Auth": key]) == 401)
            }
            let wasOpened = try gateway.events().has(.connectionOpened)
            #expect(!wasOpened)
        }
    }

    @Test func withoutAKeyTheSettingDecides() throws {
        try withGateway(agent: "http://127.0.0.1:9", Self.key(.required)) { gateway in
            #expect(refusal(gateway, [:]) == 401)
        }
        try withGateway(agent: "http://127.0.0.1:9", Self.key(.optional)) { gateway in
            _ = try gateway.connect("new_1")
            #expect(try gateway.opening()?.authentication == "none")
        }
    }

    @Test func noSecretIsOnRecord() throws {
        try withGateway(agent: "http://127.0.0.1:9", Self.key(.required)) { gateway in
            let fields: HTTPFields = [
                "X-Internal-Auth": "right", "User-Agent": "ide/1", "Cookie": "right",
                "Authorization": "Bearer right",
            ]
            _ = try gateway.connect("new_1", fields: fields)
            let opened = try #require(try gateway.opening())
            #expect(opened.fields == [.init(name: "user-agent", value: "ide/1")])
            let bodies = try gateway.events().map { String(decoding: $0.body, as: UTF8.self) }
            #expect(bodies.allSatisfy { !$0.contains("right") })
        }
    }

    private static func key(_ auth: Settings.WebSocketAuth) -> (inout Settings) -> Void {
        { settings in
            settings.internalKey = "right"
            settings.websocketAuth = auth
        }
    }

    /// The status of a refused handshake; nil: it was not refused.
    private func refusal(_ gateway: RunningGateway, _ fields: HTTPFields) -> Int? {
        do {
            _ = try gateway.connect("new_1", fields: fields)
        } catch BlockingWebSocketError.refused(let head) {
            return head.status
        } catch {}
        return nil
    }
}

extension RunningGateway {
    /// How the first connection was opened.
    func opening() throws -> ConnectionOpened? {
        try events().first { $0.header.knownKind == .connectionOpened }
            .flatMap { ConnectionOpened($0.body.span) }
    }
}
