import Wire

/// Requests, one after the other on a connection: heads and bodies.
struct HTTPRequestFuzzTarget: FuzzTarget {
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

    mutating func feed(_ input: Span<UInt8>, random: inout SplitMix64) -> FuzzOutcome {
        let whole = Self.transcript(of: input, &random, isCut: false)
        let cut = Self.transcript(of: input, &random, isCut: true)
        guard whole == cut else { return .mismatch("it depends on the cuts") }
        return whole.last?.hasPrefix("violation") == true ? .violation : .value
    }

    private static func transcript(
        of input: Span<UInt8>,
        _ random: inout SplitMix64,
        isCut: Bool
    ) -> [String] {
        var connection = HTTPConversation()
        _ = PiecewiseFeed.run(input, cutBy: &random, isCut: isCut) { bytes in
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
struct HTTPResponseFuzzTarget: FuzzTarget {
    static let name = "http-response"

    static let samples = [
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n10\r\ndata: {\"a\":null}\r\n2\r\n\n\n\r\n0\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
        "HTTP/1.0 200 \r\nContent-Type: application/json\r\n\r\nuntil the end",
    ].map { Array($0.utf8) }

    static let interestingBytes = HTTPRequestFuzzTarget.interestingBytes

    mutating func feed(_ input: Span<UInt8>, random: inout SplitMix64) -> FuzzOutcome {
        let whole = Self.transcript(of: input, &random, isCut: false)
        let cut = Self.transcript(of: input, &random, isCut: true)
        guard whole == cut else { return .mismatch("it depends on the cuts") }
        return whole.last?.hasPrefix("violation") == true ? .violation : .value
    }

    private static func transcript(
        of input: Span<UInt8>,
        _ random: inout SplitMix64,
        isCut: Bool
    ) -> [String] {
        var connection = HTTPConversation()
        _ = PiecewiseFeed.run(input, cutBy: &random, isCut: isCut) { bytes in
            connection.receive(bytes) { parser, bytes throws(HTTPViolation) in
                guard let (head, count) = try parser.parseResponse(bytes) else { return nil }
                _ = head.mediaType
                return ("\(head)", count, try head.bodyFraming(toMethod: "POST"))
            }
        }
        return connection.transcript
    }
}

/// The messages of one side of an HTTP connection, and what was made of them.
struct HTTPConversation {
    /// What a head parser found: its text, its length, and how the body is framed; nil: more bytes are needed.
    typealias Head = (text: String, count: Int, framing: HTTPBodyFraming)

    private var parser = HTTPHeadParser(limits: HTTPLimits(maxHeadBytes: 512, maxFields: 8))
    private var decoder: HTTPBodyDecoder?
    private var body: [UInt8] = []
    private(set) var transcript: [String] = []

    /// Takes bytes; gives how many are consumed, or nil after a violation.
    mutating func receive(
        _ bytes: Span<UInt8>,
        _ parse: (inout HTTPHeadParser, Span<UInt8>) throws(HTTPViolation) -> Head?
    ) -> Int? {
        do throws(HTTPViolation) {
            guard decoder == nil else { return try receiveBody(bytes) }
            guard let head = try parse(&parser, bytes) else { return 0 }
            parser = HTTPHeadParser(limits: HTTPLimits(maxHeadBytes: 512, maxFields: 8))
            transcript.append(head.text)
            decoder = try HTTPBodyDecoder(head.framing, limit: 256)
            endIfComplete()
            return head.count
        } catch {
            // How much of a body came before its violation depends on the cuts; that it came does not.
            transcript.append("violation \(error)")
            return nil
        }
    }

    private mutating func receiveBody(_ bytes: Span<UInt8>) throws(HTTPViolation) -> Int {
        let count = try decoder?.decode(bytes, into: &body) ?? 0
        endIfComplete()
        return count
    }

    private mutating func endIfComplete() {
        guard decoder?.isComplete == true else { return }
        transcript.append("body \(body)")
        body = []
        decoder = nil
    }
}
