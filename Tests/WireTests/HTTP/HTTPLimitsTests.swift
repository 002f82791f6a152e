import Testing

@testable import Wire

struct HTTPLimitsTests {
    private let limits = HTTPLimits(maxHeadBytes: 200, maxFields: 3, maxTargetBytes: 20)

    @Test(
        "A head at the limit is read, one over it is refused, however it is split",
        arguments: [0, 1]
    )
    func head(excess: Int) {
        let start = "GET / HTTP/1.0\r\nA: "
        let padding = String(repeating: "x", count: 200 - start.utf8.count - 4 + excess)
        let bytes = Array((start + padding + "\r\n\r\n").utf8)
        for chunks in Chunkings.all(of: bytes) {
            let outcome = HTTPHeadParser.request(chunks, limits: limits)
            #expect((outcome == .violation(.headTooLarge)) == (excess > 0))
        }
    }

    @Test("A target at the limit is read, one over it is refused", arguments: [0, 1, 60, 1000])
    func target(excess: Int) {
        let target = "/" + String(repeating: "x", count: 19 + excess)
        let bytes = Array("GET \(target) HTTP/1.0\r\n\r\n".utf8)
        for chunks in Chunkings.all(of: bytes) {
            let outcome = HTTPHeadParser.request(chunks, limits: limits)
            #expect((outcome == .violation(.targetTooLong)) == (excess > 0))
        }
    }

    @Test("A first line without end is refused before the head's limit")
    func endlessLine() {
        let bytes = [UInt8](repeating: 0x61, count: 86)
        #expect(HTTPHeadParser.request([bytes], limits: limits) == .violation(.targetTooLong))
        let less = Array(bytes.dropLast())
        #expect(HTTPHeadParser.request([less], limits: limits) == .needsMore)
    }

    @Test("Fields at the limit are read, one more is refused", arguments: [3, 4])
    func fields(count: Int) {
        let fields = String(repeating: "A: b\r\n", count: count)
        let bytes = Array(("GET / HTTP/1.0\r\n" + fields + "\r\n").utf8)
        let outcome = HTTPHeadParser.request([bytes], limits: limits)
        #expect((outcome == .violation(.tooManyFields)) == (count > 3))
    }

    @Test("Every violation has a status of its class and a sentence")
    func statuses() {
        #expect(HTTPViolation.targetTooLong.status == 414)
        #expect(HTTPViolation.headTooLarge.status == 431)
        #expect(HTTPViolation.tooManyFields.status == 431)
        #expect(HTTPViolation.bodyTooLarge.status == 413)
        #expect(HTTPViolation.unsupportedTransferEncoding.status == 501)
        #expect(HTTPViolation.unsupportedVersion.status == 505)
        #expect(HTTPViolation.missingHost.status == 400)
        #expect("\(HTTPViolation.truncated)" == "the connection ended in the middle of a message")
    }
}
