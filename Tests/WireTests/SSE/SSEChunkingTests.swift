import Testing
import Wire

/// The splitter and the reader together, on every way a body can be cut between reads.
@Suite("SSE, every chunking")
struct SSEChunkingTests {
    static let bodies = [
        "data: {\"type\":\"assistant_message\",\"token\":\"Привет\"}\n\ndata: [DONE]\n\n",
        "\u{FEFF}data: a\r\n\r\n: ping\r\n\r\ndata: b\r\ndata: c\r\n\r\n",
        "data: a\r\rdata: b\r\r\n\r\ndata: c\n\r\ndata\r\n\r",
        "\n\r\r\n\ndata: a\n\n\n\nevent: done\n\ndata: b\r",
        "event: x\ndata: 🆔\u{2028}\n\n:c\n:d\n\n\nid: 1\nretry: 5\n\ndata",
        "\u{FEFF}\n\ndata: a\n\n\u{FEFF}data: b\n\n", "\r\n\r\n", "\r", "", "data: x",
    ]

    @Test("Whole, byte by byte, cut once and cut twice, a body says the same", arguments: bodies)
    func everyChunking(body: String) throws {
        let bytes = Array(body.utf8)
        let expected = EventStreamModel.events(of: bytes)
        try check(bytes, cuts: [], expected)
        try check(bytes, cuts: Array(bytes.indices.dropFirst()), expected)
        for first in bytes.indices {
            for second in first..<bytes.count { try check(bytes, cuts: [first, second], expected) }
        }
    }

    @Test("Random bodies agree with the plain model, however they are cut", arguments: 0..<8)
    func random(seed: Int) throws {
        var generator = JSONGenerator(seed: UInt64(seed) + 500)
        let pieces = [
            "data: ", "data:", "data", "event: x", ": c", "\n", "\n", "\r", "\r\n", "\n\n",
            "\r\n\r\n", " ", ":",
            "a", "12345678", "é", "\u{FEFF}", "id: 1", "foo: 1",
        ]
        for _ in 0..<150 {
            var body: [UInt8] = []
            for _ in 0..<generator.next(below: 30) { body += generator.pick(pieces).utf8 }
            let expected = EventStreamModel.events(of: body)
            try check(body, cuts: [], expected)
            let cuts = body.indices.filter { _ in generator.next(below: 3) == 0 }
            try check(body, cuts: cuts, expected)
        }
    }

    @Test(
        "An event is given with the byte that completes it, not later",
        arguments: ["\n", "\r", "\r\n"]
    )
    func atOnce(lineEnd: String) throws {
        var splitter = SSEBlockSplitter(limit: 100)
        let bytes = Array("data: x\(lineEnd)\(lineEnd)".utf8)
        let complete = lineEnd == "\r\n" ? bytes.count - 1 : bytes.count
        for length in 0..<complete {
            #expect(try splitter.nextBlock(in: Array(bytes[..<length])) == nil)
        }
        #expect(try splitter.nextBlock(in: Array(bytes[..<complete])) == complete)
    }

    private func check(
        _ body: [UInt8],
        cuts: [Int],
        _ expected: [EventStreamModel.Event]
    ) throws {
        var chunks: [[UInt8]] = []
        for (start, end) in zip([0] + cuts, cuts + [body.count]) {
            chunks.append(Array(body[start..<end]))
        }
        let blocks = try SSEBlockSplitter.blocks(of: chunks)
        #expect(Array(blocks.joined()) == body)
        var reader = SSEBlockReader()
        var events: [EventStreamModel.Event] = []
        for (index, block) in blocks.enumerated() {
            reader.read(block.span, isFirst: index == 0)
            let isTerminated = index < blocks.count - 1 || endsWithBlankLine(block)
            guard reader.kind == .event, isTerminated else { continue }
            let data = reader.withData(in: block.span) { $0.withUnsafeBufferPointer(Array.init) }
            events.append(.init(data: data, type: reader.eventType.map { Array(block[$0]) }))
        }
        #expect(events == expected, "cut at \(cuts)")
    }

    /// Whether a block is complete: `lastBlock` gives one that is not.
    private func endsWithBlankLine(_ block: [UInt8]) -> Bool {
        var splitter = SSEBlockSplitter(limit: block.count)
        return (try? splitter.nextBlock(in: block)) != nil
    }
}
