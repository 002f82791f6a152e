import Testing
import Wire

@Suite("SSE block splitter")
struct SSEBlockSplitterTests {
    @Test(
        "The blocks of a body that has come whole",
        arguments: [
            ("", []),
            ("data: x\n\n", ["data: x\n\n"]),
            ("data: x\r\r", ["data: x\r\r"]),
            ("data: x\r\n\r\n", ["data: x\r\n\r\n"]),
            ("data: x\n\r\n", ["data: x\n\r\n"]),
            ("data: x\r\n\n", ["data: x\r\n\n"]),
            ("data: x\n\r", ["data: x\n\r"]),
            ("data: x\r\n\r", ["data: x\r\n\r"]),
            ("data: x\r\n\r\r\n", ["data: x\r\n\r", "\r\n"]),
            ("data: x\r\n", ["data: x\r\n"]),
            ("a\nb\n\nc\n\n", ["a\nb\n\n", "c\n\n"]),
            ("\n\na\n\n\n\nb\n\n\n", ["\n\na\n\n", "\n\nb\n\n", "\n"]),
            (": hi\n\n", [": hi\n\n"]),
            ("\u{FEFF}data: x\n\n", ["\u{FEFF}data: x\n\n"]),
            ("data: a\u{2028}\u{85}b\n\n", ["data: a\u{2028}\u{85}b\n\n"]),
            ("data: x", ["data: x"]),
        ]
    )
    func whole(body: String, blocks: [String]) throws {
        #expect(
            try SSEBlockSplitter.blocks(of: [Array(body.utf8)]).map {
                String(decoding: $0, as: UTF8.self)
            } == blocks
        )
    }

    @Test("A block is given at once, and an LF that comes late opens the next")
    func lateLineFeed() throws {
        #expect(
            try SSEBlockSplitter.blocks(of: [
                Array("data: x\r\r".utf8), Array("\ndata: y\r\n\r".utf8), [0x0A],
            ]).map {
                String(decoding: $0, as: UTF8.self)
            } == ["data: x\r\r", "\ndata: y\r\n\r", "\n"]
        )
    }

    @Test("A block of just the limit passes, one byte more does not")
    func limit() throws {
        let body = Array("data: 5\n\n".utf8)
        var splitter = SSEBlockSplitter(limit: 9)
        #expect(try splitter.nextBlock(in: body) == 9)
        splitter = SSEBlockSplitter(limit: 8)
        #expect(try splitter.nextBlock(in: Array(body.prefix(8))) == nil)
        #expect(throws: SSEViolation.blockTooLong(limit: 8)) {
            try splitter.nextBlock(in: body)
        }
    }
}
