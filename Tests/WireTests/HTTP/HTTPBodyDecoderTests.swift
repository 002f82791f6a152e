import Testing

@testable import Wire

struct HTTPBodyDecoderTests {
    enum Outcome: Equatable {
        case body(String, rest: String)
        case incomplete(String)
        case violation(HTTPViolation)
    }

    /// Feeds a body piece by piece as a shell does: what is not consumed is given again.
    static func decode(
        _ framing: HTTPBodyFraming,
        _ pieces: [[UInt8]],
        limit: Int? = nil
    ) -> Outcome {
        var output: [UInt8] = []
        var input: [UInt8] = []
        do throws(HTTPViolation) {
            var decoder = try HTTPBodyDecoder(framing, limit: limit)
            for piece in pieces {
                input += piece
                let consumed = try decoder.decode(input.span, into: &output)
                input.removeFirst(consumed)
            }
            let body = String(decoding: output, as: UTF8.self)
            guard decoder.isComplete else { return .incomplete(body) }
            return .body(body, rest: String(decoding: input, as: UTF8.self))
        } catch {
            return .violation(error)
        }
    }

    static let chunked: [(String, Outcome)] = [
        ("0\r\n\r\n", .body("", rest: "")),
        ("5\r\nhello\r\n0\r\n\r\nHTTP", .body("hello", rest: "HTTP")),
        ("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", .body("hello world", rest: "")),
        (
            "a\r\n0123456789\r\nB\r\n0123456789X\r\n0\r\n\r\n",
            .body("01234567890123456789X", rest: "")
        ),
        ("00005\r\nhello\r\n000\r\n\r\n", .body("hello", rest: "")),
        ("5;a=b;c=\"d\"\r\nhello\r\n0;x\r\n\r\n", .body("hello", rest: "")),
        ("5 ;a\r\nhello\r\n0\t\r\n\r\n", .body("hello", rest: "")),
        ("2\r\n\r\n\r\n0\r\n\r\n", .body("\r\n", rest: "")),
        ("1\r\nx\r\n0\r\nA: b\r\nC: d\r\n\r\nrest", .body("x", rest: "rest")),
        ("5\r\nhel", .incomplete("hel")),
        ("5\r\nhello\r\n", .incomplete("hello")),
        ("5\r\nhello\r\n0\r\nA: b\r\n", .incomplete("hello")),
    ]

    @Test("Chunked bodies, however they are split", arguments: chunked)
    func everyChunking(text: String, expected: Outcome) {
        for chunks in Chunkings.all(of: Array(text.utf8)) {
            #expect(Self.decode(.chunked, chunks) == expected)
        }
    }

    @Test(
        "Malformed chunks are refused",
        arguments: [
            "\r\n", "x\r\n", ";a\r\n", " 5\r\n", "-1\r\n", "0x5\r\n", "5\nhello", "5\rx", "5x\r\n",
            "5\r\nhellox", "5\r\nhello\rx", "5\r\nhello\n", "5;a\nb\r\n", "5;a\u{0}\r\n",
            "8000000000000000\r\n", "FFFFFFFFFFFFFFFF\r\n", "10000000000000000\r\n",
            "0\r\n A: b\r\n\r\n", "0\r\nA: b\n\r\n", "0\r\nA: b\u{0}\r\n", "0\r\n: b\r\n",
            "0\r\n\rx", "0\r\nA: b\rx",
        ]
    )
    func malformed(text: String) {
        for chunks in Chunkings.all(of: Array(text.utf8)) {
            #expect(Self.decode(.chunked, chunks) == .violation(.malformedChunk))
        }
    }

    @Test("Size lines and trailers are bounded")
    func bounds() {
        let line = "5;" + String(repeating: "x", count: HTTPBodyDecoder.maxChunkLineBytes)
        #expect(Self.decode(.chunked, [Array(line.utf8)]) == .violation(.chunkLineTooLong))
        let zeros = String(repeating: "0", count: HTTPBodyDecoder.maxChunkLineBytes + 1)
        #expect(Self.decode(.chunked, [Array(zeros.utf8)]) == .violation(.chunkLineTooLong))
        let trailer = "A: " + String(repeating: "x", count: 1000) + "\r\n"
        let trailers = "0\r\n" + String(repeating: trailer, count: 17)
        #expect(Self.decode(.chunked, [Array(trailers.utf8)]) == .violation(.trailersTooLarge))
    }

    @Test("A body over the limit is refused before it is copied", arguments: [9, 10])
    func limit(limit: Int) {
        let isTooLarge = limit < 10
        let body = Array("0123456789".utf8)
        let large = Outcome.violation(.bodyTooLarge)
        let chunked = Array("5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n".utf8)
        for chunks in Chunkings.all(of: chunked) {
            #expect((Self.decode(.chunked, chunks, limit: limit) == large) == isTooLarge)
        }
        #expect((Self.decode(.length(10), [], limit: limit) == large) == isTooLarge)
        #expect((Self.decode(.untilClose, [body], limit: limit) == large) == isTooLarge)
        let huge = Array("5\r\n01234\r\n7fffffffffffffff\r\n".utf8)
        #expect(Self.decode(.chunked, [huge], limit: limit) == large)
    }

    @Test("A counted body takes its bytes and no more")
    func length() {
        for chunks in Chunkings.all(of: Array("hello, rest".utf8)) {
            #expect(Self.decode(.length(5), chunks) == .body("hello", rest: ", rest"))
        }
        #expect(Self.decode(.length(5), [Array("hell".utf8)]) == .incomplete("hell"))
        #expect(Self.decode(.none, [Array("rest".utf8)]) == .body("", rest: "rest"))
    }

    @Test("The end of the input ends a body until close, and breaks any other")
    func endOfInput() throws {
        var output: [UInt8] = []
        var untilClose = try HTTPBodyDecoder(.untilClose)
        let consumed = try untilClose.decode(Array("abc".utf8).span, into: &output)
        #expect(consumed == 3)
        #expect(!untilClose.isComplete)
        try untilClose.endOfInput()
        #expect(untilClose.isComplete)
        var length = try HTTPBodyDecoder(.length(5))
        _ = try length.decode(Array("abc".utf8).span, into: &output)
        #expect(throws: HTTPViolation.truncated) { try length.endOfInput() }
        var chunked = try HTTPBodyDecoder(.chunked)
        _ = try chunked.decode(Array("3\r\nabc\r\n0\r\n".utf8).span, into: &output)
        #expect(throws: HTTPViolation.truncated) { try chunked.endOfInput() }
        _ = try chunked.decode(Array("\r\n".utf8).span, into: &output)
        try chunked.endOfInput()
        #expect(output == Array("abcabcabc".utf8))
    }
}
