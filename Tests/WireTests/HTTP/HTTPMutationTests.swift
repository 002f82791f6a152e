import Testing

@testable import Wire

struct HTTPMutationTests {
    private let alphabet = Array("\r\n \t:,;/?0aF\u{0}\u{7F}é".utf8)

    @Test("Whatever comes, heads do not depend on how it is split", arguments: 0..<300)
    func heads(seed: Int) {
        let limits = HTTPLimits(maxHeadBytes: 120, maxFields: 4, maxTargetBytes: 24)
        var mutation = WireMutation(seed: seed)
        let request = "POST /a?b HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nA: b\r\n\r\n"
        var mutated = mutation.mutate(Array(request.utf8), alphabet: alphabet)
        var chunks = mutation.chunks(of: mutated)
        let asked = HTTPHeadParser.request([mutated], limits: limits)
        #expect(HTTPHeadParser.request(chunks, limits: limits) == asked)
        let response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: b\r\n\r\n5\r\n"
        mutated = mutation.mutate(Array(response.utf8), alphabet: alphabet)
        chunks = mutation.chunks(of: mutated)
        let answered = HTTPHeadParser.response([mutated], limits: limits)
        #expect(HTTPHeadParser.response(chunks, limits: limits) == answered)
    }

    @Test("Whatever comes, bodies do not depend on how it is split", arguments: 0..<300)
    func bodies(seed: Int) {
        var mutation = WireMutation(seed: seed)
        let body = "5\r\nhello\r\n1F;a=b\r\n0123456789012345678901234567890\r\n0\r\nA: b\r\n\r\n"
        let mutated = mutation.mutate(Array(body.utf8), alphabet: alphabet)
        let chunks = mutation.chunks(of: mutated)
        let whole = HTTPBodyDecoderTests.decode(.chunked, [mutated], limit: 40)
        #expect(HTTPBodyDecoderTests.decode(.chunked, chunks, limit: 40) == whole)
    }
}
