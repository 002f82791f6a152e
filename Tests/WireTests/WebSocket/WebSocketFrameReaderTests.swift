import Testing

@testable import Wire

struct WebSocketFrameReaderTests {
    /// Header bytes, the reader's role, and what is wrong with them.
    @Test(
        "Headers that break the rules are refused at once",
        arguments: [
            ("81 01 61", .server, "a client's frame must be masked (1002)"),
            ("81 81", .client, "a server's frame must not be masked (1002)"),
            ("81 FE 00 7D", .server, "malformed frame length (1002)"),
            ("81 FE 00 00", .server, "malformed frame length (1002)"),
            ("81 FF 00 00 00 00 00 00 FF FF", .server, "malformed frame length (1002)"),
            ("81 FF 00 00 00 00 00 00 00 05", .server, "malformed frame length (1002)"),
            ("81 FF 80 00 00 00 00 00 00 00", .server, "malformed frame length (1002)"),
            ("81 FF FF FF FF FF FF FF FF FF", .server, "malformed frame length (1002)"),
            ("81 FF 7F FF FF FF FF FF FF FF 1 2 3 4", .server, "message too big (1009)"),
            ("89 FE", .server, "a control frame is fragmented or too long (1002)"),
            ("88 FF", .server, "a control frame is fragmented or too long (1002)"),
            ("81 7E 00 05", .client, "malformed frame length (1002)"),
        ] as [(String, WebSocketRole, String)]
    )
    func header(hex: String, role: WebSocketRole, violation: String) {
        for chunks in Chunkings.all(of: [UInt8](hex: hex)) {
            #expect(WebSocketTrace.lines(chunks, role: role) == ["violation: " + violation])
        }
    }

    @Test("A client reads unmasked frames")
    func client() {
        var bytes: [UInt8] = []
        WebSocketFrameWriter.append(
            .text,
            payload: Array("a".utf8).span,
            isFinal: false,
            to: &bytes
        )
        WebSocketFrameWriter.append(.ping, payload: Array("p".utf8).span, to: &bytes)
        WebSocketFrameWriter.append(.continuation, payload: Array("b".utf8).span, to: &bytes)
        for chunks in Chunkings.all(of: bytes) {
            #expect(WebSocketTrace.lines(chunks, role: .client) == ["ping p", "text/2 ab"])
        }
    }

    @Test("A message at the limit is read, one over it is refused when its header is there")
    func limit() {
        let ok = TestFrame.masked(0x82, [1, 2, 3, 4])
        #expect(WebSocketTrace.lines([ok], limit: 4) == ["binary/1 [1, 2, 3, 4]"])
        let tooBig = "violation: message too big (1009)"
        #expect(WebSocketTrace.lines([TestFrame.header(0x82, length: 5)], limit: 4) == [tooBig])
        let fragments = TestFrame.masked(0x02, [1, 2]) + TestFrame.masked(0, [3])
        let over = fragments + TestFrame.header(0x80, length: 2)
        #expect(WebSocketTrace.lines([over], limit: 4) == [tooBig])
        let last = fragments + TestFrame.masked(0x80, [4])
        #expect(WebSocketTrace.lines([last + last], limit: 4).count == 2)
        #expect(WebSocketTrace.lines([TestFrame.masked(0x81)], limit: 0) == ["text/1 "])
    }

    @Test("Empty fragments are bounded in number")
    func fragments() {
        let empty = TestFrame.masked(0x00)
        var bytes = TestFrame.masked(0x01)
        for _ in 1..<WebSocketFrameReader.maxFragments { bytes += empty }
        #expect(WebSocketTrace.lines([bytes]).isEmpty)
        #expect(
            WebSocketTrace.lines([bytes + empty]) == ["violation: too many fragments (1008)"]
        )
    }

    @Test("A message of several buffers comes whole from reads that end anywhere")
    func largeMessage() {
        let payload = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let bytes = TestFrame.masked(0x82, payload)
        var reader = WebSocketFrameReader(role: .server, maxMessageBytes: 1 << 20)
        var items: [WebSocketItem] = []
        var start = 0
        while start < bytes.count {
            let piece = Array(bytes[start..<min(bytes.count, start + 4_093)])
            let received = try? reader.receive(piece.span)
            start += received?.consumed ?? bytes.count
            if let item = received?.item { items.append(item) }
        }
        #expect(items == [.binary(fragments: 1)])
        #expect(reader.payload == payload)
    }

    @Test("Buffers are given back: large ones after their message, all when idle")
    func buffers() throws {
        var reader = WebSocketFrameReader(role: .server, maxMessageBytes: 1 << 20)
        let large = TestFrame.masked(0x82, [UInt8](repeating: 7, count: 100_000))
        _ = try reader.receive(large.span)
        #expect(reader.payload.count == 100_000)
        _ = try reader.receive([UInt8]().span)
        #expect(reader.payload.capacity == 0)
        _ = try reader.receive(TestFrame.masked(0x01, "a").span)
        _ = try reader.receive(TestFrame.masked(0x89, "ping").span)
        #expect(reader.takePayload() == Array("ping".utf8))
        reader.releaseBuffers()
        let (_, item) = try reader.receive(TestFrame.masked(0x80, "b").span)
        #expect(item == .text(fragments: 2))
        #expect(reader.payload == Array("ab".utf8))
        reader.releaseBuffers()
        #expect(reader.payload.capacity == 0)
        #expect(reader.assembly.capacity == 0)
    }

    @Test("A ping that has half come outlives the giving back of buffers")
    func halfPing() throws {
        var reader = WebSocketFrameReader(role: .server, maxMessageBytes: 10)
        let ping = TestFrame.masked(0x89, "abcd")
        _ = try reader.receive(ping.span.extracting(..<8))
        reader.releaseBuffers()
        let (consumed, item) = try reader.receive(ping.span.extracting(8...))
        #expect(consumed == 2)
        #expect(item == .ping)
        #expect(reader.payload == Array("abcd".utf8))
    }

    @Test("After a violation all input is consumed and ignored")
    func afterViolation() throws {
        var reader = WebSocketFrameReader(role: .server, maxMessageBytes: 10)
        let bad: [UInt8] = [0xFF, 0xFF]
        #expect(throws: WebSocketViolation.reservedBits) { try reader.receive(bad.span).item }
        let (consumed, item) = try reader.receive(TestFrame.masked(0x81, "a").span)
        #expect(consumed == 7)
        #expect(item == nil)
    }

    @Test("Masking is the same wherever the payload is cut", arguments: 0..<20)
    func masking(count: Int) {
        let plain = (0..<count).map { UInt8($0 * 11) }
        let key = TestFrame.key
        let expected = plain.enumerated().map { $0.element ^ key[$0.offset % 4] }
        for cut in 0...count {
            var bytes = Array(plain[..<cut])
            WebSocketMask.apply(TestFrame.mask, phase: 0, to: &bytes, from: 0)
            bytes += plain[cut...]
            WebSocketMask.apply(TestFrame.mask, phase: cut, to: &bytes, from: cut)
            #expect(bytes == expected)
        }
    }
}
