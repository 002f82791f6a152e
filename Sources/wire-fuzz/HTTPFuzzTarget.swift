import SeededNumbers
import Wire

/// Requests, one after the other on a connection: heads and bodies.
struct HTTPRequestFuzzTarget: TranscribedFuzzTarget {
    static let name = "http-request"

    static let samples = [
        "GET /api/v1/ws/new_1 HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, "
            + "Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
        "POST /sessions?a=b%20c HTTP/1.1\r\nHost: [::1]:80\r\nContent-Length: 5\r\n\r\nhello"
            + "GET / HTTP/1.0\r\n\r\n",
        "\r\nPUT * HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5;x=\"y\"\r\nhello\r\n0\r\nTrailer: t\r\n\r\n",
    ].map { Array($0.utf8) }

    static let interestingBytes: [UInt8] =
        Array("\r\n\r\n :;,=\"/%?0123aAfFxX".utf8) + [0x00, 0x09, 0x0B, 0x7F, 0x80, 0xFF]

    static func transcript(
        of input: Span<UInt8>,
        _ random: inout SplitMix64,
        isCut: Bool
    ) -> [String] {
        var connection = HTTPConversation()
        PiecewiseFeed.run(input, cutBy: &random, isCut: isCut) { bytes in
            connection.receive(bytes) { parser, bytes throws(HTTPViolation) in
                guard let (head, count) = try parser.parseRequest(bytes) else { return nil }
                _ = HTTPPath.segments(of: head.path)
                _ = HTTPQuery(head.query).value(of: "a")
                _ = try? WebSocketHandshake.accept(head)
                return ("\(head)", count, try head.bodyFraming())
            }
        }
        return connection.transcript
    }
}

/// Responses, one after the other on a connection.
struct HTTPResponseFuzzTarget: TranscribedFuzzTarget {
    static let name = "http-response"

    static let samples = [
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n10\r\ndata: {\"a\":null}\r\n2\r\n\n\n\r\n0\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
        "HTTP/1.0 200 \r\nContent-Type: application/json\r\n\r\nuntil the end",
    ].map { Array($0.utf8) }

    static let interestingBytes = HTTPRequestFuzzTarget.interestingBytes

    static func transcript(
        of input: Span<UInt8>,
        _ random: inout SplitMix64,
        isCut: Bool
    ) -> [String] {
        var connection = HTTPConversation()
        PiecewiseFeed.run(input, cutBy: &random, isCut: isCut) { bytes in
            connection.receive(bytes) { parser, bytes throws(HTTPViolation) in
                guard let (head, count) = try parser.parseResponse(bytes) else { return nil }
                _ = head.mediaType
                return ("\(head)", count, try head.bodyFraming(toMethod: "POST"))
            }
        }
        return connection.transcript
    }
}
