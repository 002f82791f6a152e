import Testing

@testable import Wire

struct WebSocketHandshakeTests {
    /// RFC 6455 §1.2.
    static let request = HTTPRequestHead(
        method: "GET",
        target: "/chat",
        fields: [
            "Host": "server.example.com", "Upgrade": "websocket", "Connection": "Upgrade",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13",
        ]
    )
    static let nonce = Array("the sample nonce".utf8)

    /// The request with one field changed or, with nil, taken out.
    static func changed(_ name: String, _ values: [String]) -> HTTPRequestHead {
        var request = request
        let others = request.fields.lines.filter { $0.name != name }
        request.fields = HTTPFields(others + values.map { HTTPField(name, $0) })
        return request
    }

    @Test("The example of the RFC")
    func example() throws {
        let response = try WebSocketHandshake.accept(Self.request)
        var output: [UInt8] = []
        try HTTPHeadWriter.append(response, to: &output)
        let text =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
        #expect(String(decoding: output, as: UTF8.self) == text)
        try WebSocketHandshake.check(response, nonce: Self.nonce)
    }

    @Test("What a client writes a server accepts")
    func client() throws {
        let request = WebSocketHandshake.request(
            target: "/ws/a",
            host: "localhost:1",
            nonce: Self.nonce,
            fields: ["Origin": "null"]
        )
        #expect(request.value(of: "Origin") == "null")
        #expect(WebSocketHandshake.isUpgrade(request))
        let response = try WebSocketHandshake.accept(request)
        try WebSocketHandshake.check(response, nonce: Self.nonce)
    }

    @Test(
        "Requests that browsers and proxies make are accepted",
        arguments: [
            changed("Upgrade", ["WebSocket"]), changed("Upgrade", ["h2c, websocket"]),
            changed("Connection", ["keep-alive, Upgrade"]),
            changed("Connection", ["keep-alive", "upgrade"]),
            changed("Sec-WebSocket-Extensions", ["permessage-deflate"]),
            changed("Sec-WebSocket-Protocol", ["a, b"]), changed("Content-Length", ["0"]),
        ]
    )
    func accept(request: HTTPRequestHead) throws {
        let response = try WebSocketHandshake.accept(request)
        #expect(response.fields.lines.count == 3)
    }

    @Test(
        "Requests that are refused, and the status that says so",
        arguments: [
            (changed("Upgrade", []), .notAnUpgrade, 426),
            (changed("Upgrade", ["websocketx"]), .notAnUpgrade, 426),
            (changed("Connection", []), .notAnUpgrade, 426),
            (changed("Connection", ["close"]), .notAnUpgrade, 426),
            (changed("Sec-WebSocket-Version", []), .unsupportedVersion, 426),
            (changed("Sec-WebSocket-Version", ["8"]), .unsupportedVersion, 426),
            (changed("Sec-WebSocket-Version", ["13", "13"]), .unsupportedVersion, 426),
            (changed("Sec-WebSocket-Key", []), .invalidKey, 400),
            (changed("Sec-WebSocket-Key", ["dGhlIHNhbXBsZSBub25j"]), .invalidKey, 400),
            (changed("Sec-WebSocket-Key", ["dGhlIHNhbXBsZSBub25jZQ"]), .invalidKey, 400),
            (changed("Sec-WebSocket-Key", [keyText, keyText]), .invalidKey, 400),
            (changed("Content-Length", ["5"]), .requestHasBody, 400),
            (changed("Transfer-Encoding", ["chunked"]), .requestHasBody, 400),
        ] as [(HTTPRequestHead, WebSocketHandshakeViolation, Int)]
    )
    func refuse(request: HTTPRequestHead, violation: WebSocketHandshakeViolation, status: Int) {
        #expect(throws: violation) { try WebSocketHandshake.accept(request) }
        #expect(violation.status == status)
        #expect(!"\(violation)".isEmpty)
    }

    private static let keyText = "dGhlIHNhbXBsZSBub25jZQ=="

    @Test("Other methods and versions are refused, with what the answer must hold")
    func methods() {
        var request = Self.request
        request.method = "POST"
        #expect(throws: WebSocketHandshakeViolation.methodNotGet) {
            try WebSocketHandshake.accept(request)
        }
        request.method = "GET"
        request.version = .http10
        #expect(throws: WebSocketHandshakeViolation.versionTooOld) {
            try WebSocketHandshake.accept(request)
        }
        typealias Violation = WebSocketHandshakeViolation
        #expect(Violation.methodNotGet.fields.value(of: "allow") == "GET")
        #expect(Violation.methodNotGet.status == 405)
        let version = Violation.unsupportedVersion.fields
        #expect(version.value(of: "Sec-WebSocket-Version") == "13")
        #expect(Violation.notAnUpgrade.fields.hasToken("websocket", in: "Upgrade"))
    }

    @Test(
        "Answers that a client refuses",
        arguments: [
            (403, [:], .refused(status: 403)),
            (101, ["Connection": "Upgrade"], .notAnUpgrade),
            (101, ["Upgrade": "websocket"], .notAnUpgrade),
            (101, ["Upgrade": "websocket", "Connection": "Upgrade"], .wrongAccept),
            (
                101,
                [
                    "Upgrade": "websocket", "Connection": "Upgrade",
                    "Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOO=",
                ], .wrongAccept
            ),
            (
                101,
                [
                    "Upgrade": "websocket", "Connection": "Upgrade",
                    "Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                    "Sec-WebSocket-Protocol": "a",
                ], .notOffered
            ),
        ] as [(Int, HTTPFields, WebSocketHandshakeViolation)]
    )
    func answers(status: Int, fields: HTTPFields, violation: WebSocketHandshakeViolation) {
        let response = HTTPResponseHead(status: status, fields: fields)
        #expect(throws: violation) { try WebSocketHandshake.check(response, nonce: Self.nonce) }
    }
}
