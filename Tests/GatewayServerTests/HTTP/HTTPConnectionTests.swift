import BlockingWebSocket
import Foundation
import Testing
import Wire

@testable import GatewayServer

/// HTTP as such: what comes on one connection, and how it ends.
final class HTTPConnectionTests {
    private let gateway: RESTGateway
    private let caller: HTTPCaller
    private static let auth = "X-Internal-Auth: \(RESTGateway.key)\r\n"

    init() throws {
        gateway = try RESTGateway { $0.maxMessageBytes = 1 << 20 }
        caller = try gateway.caller()
    }

    deinit { gateway.remove() }

    @Test func pipelinedRequestsAreAnsweredInOrder() throws {
        let health = "GET /health HTTP/1.1\r\nHost: g\r\n\r\n"
        let sessions = "GET /api/v1/sessions HTTP/1.1\r\nHost: g\r\n\(Self.auth)\r\n"
        let none = "GET /none HTTP/1.1\r\nHost: g\r\n\r\n"
        try caller.send(sessions + health + sessions + none)
        caller.finishSending()
        let texts = try (0..<4).map { _ in try caller.receive().text }
        #expect(texts[0].hasPrefix(#"{"sessions":"#) && texts[2] == texts[0])
        #expect(texts[1].hasPrefix(#"{"status":"healthy""#))
        #expect(texts[3] == #"{"detail":"Not Found"}"#)
        #expect(try caller.isClosed())
    }

    @Test func aRequestMayComeByteByByte() throws {
        let text =
            "POST /api/v1/sessions HTTP/1.1\r\nHost: g\r\n\(Self.auth)Content-Length: 2\r\n\r\n{}"
        for byte in text.utf8 { try caller.send([byte]) }
        #expect(try caller.receive().status == 200)
        #expect(gateway.simulator.requests().map(\.text) == ["{}"])
    }

    @Test func aChunkedBodyIsTakenApart() throws {
        let head = "POST /api/v1/sessions HTTP/1.1\r\nHost: g\r\n\(Self.auth)"
        try caller.send(
            head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;x=y\r\n}\r\n0\r\nT: v\r\n\r\n"
        )
        #expect(try caller.receive().status == 200)
        #expect(gateway.simulator.requests().map(\.text) == ["{}"])
        #expect(gateway.simulator.requests()[0].fields.value(of: "Transfer-Encoding") == nil)
    }

    @Test func continueIsSaidBeforeABodyIsSent() throws {
        let head = "POST /api/v1/sessions HTTP/1.1\r\nHost: g\r\n\(Self.auth)"
        try caller.send(head + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        #expect(try caller.receive().status == 100)
        try caller.send("{}")
        #expect(try caller.receive().status == 200)
        try caller.send(head + "Expect: 100-continue\r\nContent-Length: 0\r\n\r\n")
        #expect(try caller.receive().status == 200)
    }

    @Test(arguments: ["", "Connection: keep-alive\r\n"])
    func anOldClientIsAnsweredAndClosed(fields: String) throws {
        try caller.send("GET /health HTTP/1.0\r\n\(fields)\r\n")
        let reply = try caller.receive()
        #expect(reply.status == 200 && reply.head.value(of: "Connection") == "close")
        #expect(try caller.isClosed())
    }

    @Test func whoWantsToCloseIsClosed() throws {
        try caller.send("GET /health HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")
        #expect(try caller.receive().head.value(of: "Connection") == "close")
        #expect(try caller.isClosed())
    }

    @Test func theAnswerToHEADHasNoBody() throws {
        try caller.send("HEAD /health HTTP/1.1\r\nHost: g\r\n\r\n")
        let reply = try caller.receive(to: "HEAD")
        #expect(reply.status == 405 && reply.head.value(of: "Allow") == "GET")
        try caller.send("GET /health HTTP/1.1\r\nHost: g\r\n\r\n")
        #expect(try caller.receive().status == 200)
    }

    @Test(arguments: [
        ("\u{16}\u{3}\u{1}\u{2}\r\n\r\n", 400),
        ("GET /health\r\n\r\n", 400),
        ("GET /health HTTP/1.1\r\n\r\n", 400),
        ("GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET /health HTTP/2.0\r\nHost: g\r\n\r\n", 505),
        ("GET health HTTP/1.1\r\nHost: g\r\n\r\n", 400),
        ("GET /health HTTP/1.1\r\nHost: g\r\nA : b\r\n\r\n", 400),
        ("POST /health HTTP/1.1\r\nHost: g\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST /health HTTP/1.1\r\nHost: g\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (
            "POST /x HTTP/1.1\r\nHost: g\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400
        ),
        ("POST /health HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        ("GET /health HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
        ("GET /health HTTP/1.1\r\nHost: g\r\nContent-Length: 4097\r\n\r\n", 413),
        ("GET /health HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n1001\r\n", 413),
        ("POST /health HTTP/1.1\r\nHost: g\r\nContent-Length: 1048577\r\n\r\n", 405),
        ("POST /nowhere HTTP/1.1\r\nHost: g\r\nContent-Length: 1048577\r\n\r\n", 404),
        (
            "POST /api/v1/sessions HTTP/1.1\r\nHost: g\r\nExpect: 100-continue\r\n"
                + "Content-Length: 100\r\n\r\n",
            401
        ),
        ("GET /health HTTP/1.1\r\nHost: g\r\nA: \(String(repeating: "a", count: 17_000))", 431),
        ("GET /health HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 101) + "\r\n", 431),
        ("GET /\(String(repeating: "a", count: 9_000)) HTTP/1.1\r\nHost: g\r\n\r\n", 414),
    ])
    func whatIsNotHTTPIsRefusedAndClosed(text: String, status: Int) throws {
        try caller.send(text)
        let reply = try caller.receive()
        #expect(reply.status == status)
        #expect(reply.text.hasPrefix(#"{"detail":""#))
        #expect(reply.head.value(of: "Connection") == "close")
        #expect(try caller.isClosed())
        #expect(try gateway.call("GET", "/health").status == 200)
    }

    @Test func whoLeavesInTheMiddleHarmsNobody() throws {
        let head =
            "POST /api/v1/sessions HTTP/1.1\r\nHost: g\r\n\(Self.auth)Content-Length: 9\r\n\r\n"
        for count in [1, 20, head.utf8.count, head.utf8.count - 1] {
            let caller = try gateway.caller()
            try caller.send(Array(head.utf8.prefix(count)))
            caller.finishSending()
            #expect(try caller.isClosed())
        }
        #expect(gateway.simulator.requests().isEmpty)
    }
}
