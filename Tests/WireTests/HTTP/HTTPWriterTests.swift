import Testing

@testable import Wire

struct HTTPWriterTests {
    @Test("A request is written as it reads back")
    func request() throws {
        let head = HTTPRequestHead(
            method: "POST",
            target: "/agent/message/stream",
            fields: ["Host": "localhost:8001", "Content-Length": "2", "X-Name": "Привет"]
        )
        var output = Array("before".utf8)
        try HTTPHeadWriter.append(head, to: &output)
        let text =
            "POST /agent/message/stream HTTP/1.1\r\nHost: localhost:8001\r\n"
            + "Content-Length: 2\r\nX-Name: Привет\r\n\r\n"
        #expect(String(decoding: output, as: UTF8.self) == "before" + text)
        #expect(HTTPHeadParser.request([Array(text.utf8)]) == .head(head, rest: ""))
    }

    @Test("A response is written as it reads back")
    func response() throws {
        let head = HTTPResponseHead(status: 426, fields: ["Sec-WebSocket-Version": "13"])
        var output: [UInt8] = []
        try HTTPHeadWriter.append(head, to: &output)
        let text = "HTTP/1.1 426 Upgrade Required\r\nSec-WebSocket-Version: 13\r\n\r\n"
        #expect(String(decoding: output, as: UTF8.self) == text)
        #expect(HTTPHeadParser.response([output]) == .head(head, rest: ""))
    }

    @Test(
        "What would change the meaning of a request is refused, and nothing is written",
        arguments: [
            ("GET", "/", ["A": "b\r\nC: d"], .invalidFieldValue),
            ("GET", "/", ["A": "b\n"], .invalidFieldValue),
            ("GET", "/", ["A": "b\u{0}"], .invalidFieldValue),
            ("GET", "/", ["A\r\nB": "c"], .invalidFieldName),
            ("GET", "/", ["": "c"], .invalidFieldName),
            ("GET", "/", ["A:": "c"], .invalidFieldName),
            ("GET", "/ HTTP/1.1\r\nA: b", [:], .invalidTarget), ("GET", "", [:], .invalidTarget),
            ("GET X", "/", [:], .malformedRequestLine), ("", "/", [:], .malformedRequestLine),
        ] as [(String, String, HTTPFields, HTTPViolation)]
    )
    func injection(
        method: String,
        target: String,
        fields: HTTPFields,
        violation: HTTPViolation
    ) {
        let head = HTTPRequestHead(method: method, target: target, fields: fields)
        var output: [UInt8] = [1]
        #expect(throws: violation) { try HTTPHeadWriter.append(head, to: &output) }
        #expect(output == [1])
    }

    @Test(
        "A response that would not read back is refused",
        arguments: [
            HTTPResponseHead(status: 99), HTTPResponseHead(status: 600),
            HTTPResponseHead(status: 200, reason: "OK\r\nA: b"),
            HTTPResponseHead(status: 200, fields: ["A": "b\r\n"]),
        ]
    )
    func responseInjection(head: HTTPResponseHead) {
        var output: [UInt8] = []
        #expect(throws: HTTPViolation.self) { try HTTPHeadWriter.append(head, to: &output) }
        #expect(output.isEmpty)
    }

    @Test("Chunks are written as they read back; an empty one does not end the body")
    func chunks() {
        var output: [UInt8] = []
        HTTPChunkWriter.append(Array("hello, world!!!!".utf8).span, to: &output)
        HTTPChunkWriter.append([UInt8]().span, to: &output)
        HTTPChunkWriter.append([UInt8](repeating: 0x61, count: 300).span, to: &output)
        HTTPChunkWriter.appendEnd(to: &output)
        let body = "hello, world!!!!" + String(repeating: "a", count: 300)
        #expect(HTTPBodyDecoderTests.decode(.chunked, [output]) == .body(body, rest: ""))
        #expect(output.starts(with: Array("10\r\nhello".utf8)))
    }

    @Test("Lists of tokens")
    func tokens() {
        let fields: HTTPFields = ["Upgrade": "h2c ,, WebSocket\t", "upgrade": "x", "Other": "ws"]
        #expect(fields.elements(of: "UPGRADE") == ["h2c", "WebSocket", "x"])
        #expect(fields.hasToken("websocket", in: "upgrade"))
        #expect(!fields.hasToken("web", in: "upgrade"))
        #expect(!fields.hasToken("websocket", in: "other"))
        #expect(fields.value(of: "upgrade") == "h2c ,, WebSocket\t, x")
        #expect(fields.values(of: "other") == ["ws"])
    }

    @Test(
        "The media type, told and asked for",
        arguments: [
            ([], nil), ([""], ""), (["Text/Event-Stream"], "text/event-stream"),
            (["text/event-stream ; charset=utf-8"], "text/event-stream"),
            (["text/event-stream;a=b", "text/plain"], "text/event-stream"),
            (["text/event-stream", "text/event-stream"], "text/event-stream,"),
            (["text/event-streams"], "text/event-streams"),
        ] as [([String], String?)]
    )
    func mediaType(values: [String], type: String?) {
        let fields = HTTPFields(values.map { HTTPField("content-type", $0) })
        let head = HTTPResponseHead(status: 200, fields: fields)
        #expect(head.mediaType == type)
        #expect(head.isMediaType("text/event-stream") == (type == "text/event-stream"))
    }

    @Test("Fields that are put together are the fields one by one")
    func fields() {
        var fields: HTTPFields = ["a": "1"]
        fields.append(contentsOf: ["B": "", "a": "2"])
        fields.append("c", "é")
        #expect(fields == ["a": "1", "B": "", "a": "2", "c": "é"])
        #expect(fields.lines.map(\.name) == ["a", "B", "a", "c"] && fields.count == 4)
        #expect(fields.value(of: "A") == "1, 2" && fields.value(of: "b") == "")
        #expect(fields.has("C") && !fields.has("d") && HTTPFields().isEmpty)
        #expect(fields != ["a": "1", "B": "", "a2": "", "c": "é"])
    }
}
