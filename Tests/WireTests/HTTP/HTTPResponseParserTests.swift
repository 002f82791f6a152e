import Testing

@testable import Wire

struct HTTPResponseParserTests {
    @Test("A response, however it is split and whatever follows it")
    func everyChunking() {
        let text =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n5\r\n"
        let head = HTTPResponseHead(
            status: 200,
            fields: [
                "content-type": "text/event-stream; charset=utf-8", "Transfer-Encoding": "chunked",
            ]
        )
        for chunks in Chunkings.all(of: Array(text.utf8)) {
            #expect(HTTPHeadParser.response(chunks) == .head(head, rest: "5\r\n"))
        }
        #expect(head.mediaType == "text/event-stream")
    }

    @Test(
        "Status lines that are read",
        arguments: [
            ("HTTP/1.1 204 No Content", 204, "No Content"), ("HTTP/1.0 404 ", 404, ""),
            ("HTTP/1.1 500", 500, ""), ("HTTP/1.1 100 \tgo on", 100, "\tgo on"),
            ("HTTP/1.2 599 Ünknown", 599, "Ünknown"),
        ]
    )
    func statusLine(line: String, status: Int, reason: String) throws {
        let bytes = Array((line + "\r\n\r\n").utf8)
        let head = try #require(HTTPHeadParser.response([bytes]).head)
        #expect(head.status == status)
        #expect(head.reason == reason)
    }

    @Test(
        "Status lines that are refused",
        arguments: [
            ("HTTP/1.1 20 OK", .malformedStatusLine), ("HTTP/1.1 2000 OK", .malformedStatusLine),
            ("HTTP/1.1 099 OK", .malformedStatusLine), ("HTTP/1.1 600 OK", .malformedStatusLine),
            ("HTTP/1.1  200 OK", .malformedStatusLine), ("HTTP/1.1", .malformedStatusLine),
            ("\r\nHTTP/1.1 200 OK", .malformedStatusLine),
            ("HTTP/1.1 200 O\u{0}K", .malformedStatusLine), ("200 OK", .malformedStatusLine),
            ("ICY 200 OK  ....", .malformedStatusLine), ("HTTP/1.1 2x0 OK", .malformedStatusLine),
            ("HTTP/2.0 200 OK", .unsupportedVersion), ("HTTP/1.1 200 OK\nA: b", .bareLineFeed),
            ("HTTP/1.1 200 OK\r\nA : b", .invalidFieldName),
        ] as [(String, HTTPViolation)]
    )
    func refuse(text: String, violation: HTTPViolation) {
        for chunks in Chunkings.all(of: Array((text + "\r\n\r\n").utf8)) {
            #expect(HTTPHeadParser.response(chunks) == .violation(violation))
        }
    }

    @Test("Interim responses are told apart from the change of protocol")
    func interim() {
        #expect(HTTPResponseHead(status: 100).isInterim)
        #expect(HTTPResponseHead(status: 103).isInterim)
        #expect(!HTTPResponseHead(status: 101).isInterim)
        #expect(!HTTPResponseHead(status: 200).isInterim)
    }

    /// Method, status, version, fields; the framing, or nil with a violation.
    @Test(
        "How the body ends (RFC 9112 §6.3)",
        arguments: [
            ("GET", 200, ["Content-Length": "5"], .length(5)),
            ("GET", 200, ["Content-Length": "5, 5"], .length(5)),
            ("GET", 200, ["Content-Length": "0"], .none),
            ("GET", 200, ["Content-Length": "9223372036854775807"], .length(.max)),
            ("GET", 200, [:], .untilClose),
            ("GET", 200, ["Transfer-Encoding": "Chunked"], .chunked),
            ("GET", 200, ["Transfer-Encoding": " , chunked"], .chunked),
            ("HEAD", 200, ["Content-Length": "5"], .none),
            ("GET", 204, ["Content-Length": "5"], .none),
            ("GET", 304, ["Transfer-Encoding": "chunked"], .none),
            ("GET", 100, [:], .none), ("GET", 101, [:], .none), ("CONNECT", 200, [:], .none),
        ] as [(String, Int, HTTPFields, HTTPBodyFraming)]
    )
    func framing(
        method: String,
        status: Int,
        fields: HTTPFields,
        expected: HTTPBodyFraming
    ) throws {
        let head = HTTPResponseHead(status: status, fields: fields)
        #expect(try head.bodyFraming(toMethod: method) == expected)
    }

    @Test("A response with two lengths, or with codings that are not known, is refused")
    func ambiguous() {
        let both = HTTPResponseHead(
            status: 200,
            fields: ["Content-Length": "5", "Transfer-Encoding": "chunked"]
        )
        #expect(throws: HTTPViolation.ambiguousLength) { try both.bodyFraming(toMethod: "GET") }
        let gzip = HTTPResponseHead(status: 200, fields: ["Transfer-Encoding": "gzip"])
        #expect(throws: HTTPViolation.unsupportedTransferEncoding) {
            try gzip.bodyFraming(toMethod: "GET")
        }
    }

    @Test(
        "Whether the connection stays open (RFC 9112 §9.3)",
        arguments: [
            (.http11, [:], true), (.http11, ["Connection": "close"], false),
            (.http11, ["connection": "foo, CLOSE"], false),
            (.http11, ["Connection": "keep-alive, upgrade"], true), (.http10, [:], false),
            (.http10, ["Connection": "Keep-Alive"], true),
            (.http10, ["Connection": "keep-alive, close"], false),
        ] as [(HTTPVersion, HTTPFields, Bool)]
    )
    func keepAlive(version: HTTPVersion, fields: HTTPFields, expected: Bool) {
        let head = HTTPResponseHead(status: 200, version: version, fields: fields)
        #expect(head.keepAlive == expected)
    }
}
