import BlockingWebSocket
import Testing
import Wire

struct WebSocketURLTests {
    @Test(arguments: [
        ("ws://localhost", "localhost", 80, "localhost", "/"),
        ("ws://localhost/", "localhost", 80, "localhost", "/"),
        ("WS://h:8001/api/v1", "h", 8001, "h:8001", "/api/v1"),
        ("ws://h/api/", "h", 80, "h", "/api/"),
        ("ws://[::1]:8001/x?a=b/c", "::1", 8001, "[::1]:8001", "/x?a=b/c"),
        ("ws://h?a=b", "h", 80, "h", "/?a=b"),
        ("ws://h/?a", "h", 80, "h", "/?a"),
    ])
    func partsAreRead(text: String, host: String, port: Int, authority: String, target: String)
        throws
    {
        let url = try WebSocketURL(text)
        #expect(url.host == host)
        #expect(Int(url.port) == port)
        #expect(url.authority == authority)
        #expect(url.target == target)
        #expect(try WebSocketURL(url.description) == url)
    }

    @Test(
        arguments: [
            ("", .notWebSocket), ("localhost:8001", .notWebSocket), ("http://h/", .notWebSocket),
            ("wss://h/", .secureUnsupported), ("WSS://h/", .secureUnsupported),
            ("ws://", .invalid(.invalidHost)), ("ws:h", .invalid(.noScheme)),
            ("ws://h:0/", .invalid(.invalidPort)), ("ws://h:65536", .invalid(.invalidPort)),
            ("ws://u@h/", .invalid(.userInformation)), ("ws://h/#f", .invalid(.queryOrFragment)),
            ("ws://h/?q#f", .invalid(.invalidCharacter)),
            ("ws://h/?\r\n", .invalid(.invalidCharacter)),
            ("ws://h/ж", .invalid(.invalidCharacter)),
        ] as [(String, WebSocketURLError)]
    )
    func whatIsNoURLIsRefused(text: String, error: WebSocketURLError) {
        #expect(throws: error) { try WebSocketURL(text) }
    }

    @Test(arguments: [
        ("ws://h/api/v1", "/api/v1/ws/new_1"), ("ws://h/api/v1/", "/api/v1/ws/new_1"),
        ("ws://h", "/ws/new_1"), ("ws://h/?token=x", "/ws/new_1?token=x"),
    ])
    func segmentsAreAppended(text: String, target: String) throws {
        let url = try WebSocketURL(text).appending(segment: "ws").appending(segment: "new_1")
        #expect(url.target == target)
    }

    @Test func segmentsAreEncoded() throws {
        #expect(try WebSocketURL("ws://h").appending(segment: "a/b ?").target == "/a%2Fb%20%3F")
    }
}
