import Testing

@testable import Wire

struct HTTPRequestParserTests {
    @Test("A request, however it is split and whatever follows it")
    func everyChunking() {
        let text =
            "\r\nGET /api/v1/ws/new_1?a=b HTTP/1.1\r\nHost: localhost:8001\r\n"
            + "X-Name: \t  Привет,  мир \t\r\nempty:\r\n\r\nGET / HT"
        let head = HTTPRequestHead(
            method: "GET",
            target: "/api/v1/ws/new_1?a=b",
            fields: ["Host": "localhost:8001", "X-Name": "Привет,  мир", "empty": ""]
        )
        for chunks in Chunkings.all(of: Array(text.utf8)) {
            #expect(HTTPHeadParser.request(chunks) == .head(head, rest: "GET / HT"))
        }
        #expect(head.path == "/api/v1/ws/new_1")
        #expect(head.query == "a=b")
        #expect(head.value(of: "x-NAME") == "Привет,  мир")
        #expect(head.value(of: "missing") == nil)
    }

    @Test("One parser reads the requests of one connection")
    func pipeline() throws {
        let bytes = Array(
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n".utf8
        )
        var parser = HTTPHeadParser()
        let parsed = try parser.parseRequest(bytes.span)
        let first = try #require(parsed)
        #expect(first.head.target == "/1")
        let rest = Array(bytes.dropFirst(first.consumed))
        let parsedNext = try parser.parseRequest(rest.span)
        let second = try #require(parsedNext)
        #expect(second.head.target == "/2")
        #expect(second.consumed == rest.count)
        let end = try parser.parseRequest([UInt8]().span)
        #expect(end?.consumed == nil)
    }

    /// First line and fields (Host is added), and what is wrong.
    static let refused: [(String, HTTPViolation)] = [
        ("GET / HTTP/1.1\nA: b", .bareLineFeed),
        ("GET / HTTP/1.1\r\nA: b\nC: d", .bareLineFeed),
        ("\nGET / HTTP/1.1", .bareLineFeed),
        ("GET / HTTP/1.1\r\nA: b\rC: d", .invalidFieldValue),
        ("GET / HTTP/1.1\r", .malformedRequestLine),
        ("\rGET / HTTP/1.1", .malformedRequestLine),
        ("\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1", .malformedRequestLine),
        (" GET / HTTP/1.1", .malformedRequestLine),
        ("GET  / HTTP/1.1", .malformedRequestLine),
        ("GET /  HTTP/1.1", .malformedRequestLine),
        ("GET / HTTP/1.1 ", .malformedRequestLine),
        ("GET /a b HTTP/1.1", .malformedRequestLine),
        ("GET /", .malformedRequestLine),
        ("GET", .malformedRequestLine),
        ("G@T / HTTP/1.1", .malformedRequestLine),
        ("GET / http/1.1", .malformedRequestLine),
        ("GET / HTTP/1", .malformedRequestLine),
        ("GET / HTTP/11", .malformedRequestLine),
        ("GET / HTTP/1.11", .malformedRequestLine),
        ("GET / HTTP/x.1", .malformedRequestLine),
        ("GET / HTTP/2.0", .unsupportedVersion),
        ("GET / HTTP/0.9", .unsupportedVersion),
        ("GET a HTTP/1.1", .invalidTarget),
        ("GET * HTTP/1.1", .invalidTarget),
        ("GET ftp://a/ HTTP/1.1", .invalidTarget),
        ("GET /a#b HTTP/1.1", .invalidTarget),
        ("GET /é HTTP/1.1", .invalidTarget),
        ("GET /\u{7F} HTTP/1.1", .invalidTarget),
        ("GET /\u{1} HTTP/1.1", .invalidTarget),
        ("CONNECT /a HTTP/1.1", .invalidTarget),
        ("GET / HTTP/1.1\r\n folded: a", .obsoleteLineFolding),
        ("GET / HTTP/1.1\r\nA: b\r\n c", .obsoleteLineFolding),
        ("GET / HTTP/1.1\r\nA: b\r\n\tc", .obsoleteLineFolding),
        ("GET / HTTP/1.1\r\nA : b", .invalidFieldName),
        ("GET / HTTP/1.1\r\nA\t: b", .invalidFieldName),
        ("GET / HTTP/1.1\r\nno colon", .invalidFieldName),
        ("GET / HTTP/1.1\r\n: b", .invalidFieldName),
        ("GET / HTTP/1.1\r\nA(B): b", .invalidFieldName),
        ("GET / HTTP/1.1\r\nÄ: b", .invalidFieldName),
        ("GET / HTTP/1.1\r\nA: b\u{0}c", .invalidFieldValue),
        ("GET / HTTP/1.1\r\nA: \u{0}", .invalidFieldValue),
        ("GET / HTTP/1.1\r\nA: b\u{1B}[31m", .invalidFieldValue),
        ("GET / HTTP/1.1\r\nA: \u{7F}", .invalidFieldValue),
        ("GET / HTTP/1.1\r\nHost: b", .invalidHost),
        ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2", .invalidContentLength),
        ("POST / HTTP/1.1\r\nContent-Length: 1, 2", .invalidContentLength),
        ("POST / HTTP/1.1\r\nContent-Length: 1,", .invalidContentLength),
        ("POST / HTTP/1.1\r\nContent-Length:", .invalidContentLength),
        ("POST / HTTP/1.1\r\nContent-Length: -1", .invalidContentLength),
        ("POST / HTTP/1.1\r\nContent-Length: +1", .invalidContentLength),
        ("POST / HTTP/1.1\r\nContent-Length: 0x1", .invalidContentLength),
        ("POST / HTTP/1.1\r\nContent-Length: 1 1", .invalidContentLength),
        ("POST / HTTP/1.1\r\nContent-Length: 9223372036854775808", .invalidContentLength),
        ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999", .invalidContentLength),
        (
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked", .ambiguousLength
        ),
        ("POST / HTTP/1.0\r\nTransfer-Encoding: chunked", .transferEncodingBeforeHTTP11),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: gzip", .unsupportedTransferEncoding),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked", .unsupportedTransferEncoding),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked, chunked", .unsupportedTransferEncoding),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: xchunked", .unsupportedTransferEncoding),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: \"chunked\"", .unsupportedTransferEncoding),
        ("POST / HTTP/1.1\r\nTransfer-Encoding:", .unsupportedTransferEncoding),
    ]

    @Test("What could be read in two ways, or breaks the grammar, is refused", arguments: refused)
    func refuse(text: String, violation: HTTPViolation) {
        let bytes = Array((text + "\r\nHost: a\r\n\r\n").utf8)
        for chunks in Chunkings.all(of: bytes) {
            #expect(HTTPHeadParser.request(chunks) == .violation(violation))
        }
    }

    @Test(
        "The rules for Host",
        arguments: [
            ("GET / HTTP/1.1\r\n\r\n", .missingHost),
            ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .invalidHost),
            ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .invalidHost),
            ("GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", .invalidHost),
            ("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", .invalidHost),
            ("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", .invalidHost),
            ("GET / HTTP/1.0\r\n\r\n", nil),
            ("GET / HTTP/1.1\r\nHost:\r\n\r\n", nil),
            ("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", nil),
            ("GET / HTTP/1.9\r\nHost: a.b_c-d:1\r\n\r\n", nil),
        ] as [(String, HTTPViolation?)]
    )
    func host(text: String, violation: HTTPViolation?) {
        let outcome = HTTPHeadParser.request([Array(text.utf8)])
        if let violation {
            #expect(outcome == .violation(violation))
        } else {
            #expect(outcome.head != nil)
        }
    }

    @Test(
        "Path and query of each form of target",
        arguments: [
            ("GET", "/", "/", nil), ("GET", "/a?", "/a", ""), ("GET", "/a?b?c", "/a", "b?c"),
            ("GET", "http://host:1/a?b", "/a", "b"), ("GET", "HTTPS://host", "/", nil),
            ("GET", "http://host?b", "/", "b"), ("OPTIONS", "*", "*", nil),
            ("CONNECT", "host:443", "host:443", nil),
        ] as [(String, String, String, String?)]
    )
    func target(method: String, target: String, path: String, query: String?) throws {
        let bytes = Array("\(method) \(target) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        let head = try #require(HTTPHeadParser.request([bytes]).head)
        #expect(head.path == path)
        #expect(head.query == query)
    }

    @Test("A parser that is given another, shorter input begins anew")
    func shorterInput() throws {
        var parser = HTTPHeadParser()
        let long = try parser.parseRequest(Array("GET /long/path HTTP/1.1\r\nA: b".utf8).span)
        #expect(long?.consumed == nil)
        let short = try parser.parseRequest(Array("GET / HTTP/1.0\r\n\r\n".utf8).span)
        #expect(short?.head.target == "/")
    }

    @Test("A client that waits for 100 Continue is known")
    func expectsContinue() {
        let fields: HTTPFields = ["Expect": "100-Continue"]
        #expect(HTTPRequestHead(method: "POST", target: "/", fields: fields).expectsContinue)
        #expect(!HTTPRequestHead(method: "POST", target: "/").expectsContinue)
    }

    @Test("Bytes that are not UTF-8 are kept as the characters of their numbers")
    func latin1() throws {
        let bytes = Array("GET / HTTP/1.0\r\nA: b".utf8) + [0xE9] + Array("\r\n\r\n".utf8)
        let head = try #require(HTTPHeadParser.request([bytes]).head)
        #expect(head.value(of: "a") == "bé")
    }
}
