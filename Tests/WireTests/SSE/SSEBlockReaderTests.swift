import Testing
import Wire

@Suite("SSE block reader")
struct SSEBlockReaderTests {
    /// What a block says, as text.
    struct Reading: Equatable {
        var kind: SSEBlockKind
        var data = ""
        var event: String?
        var id: String?
        var retry: Int?
        var isDone = false
    }

    @Test(
        "What a block says",
        arguments: [
            ("data: x\n\n", Reading(kind: .event, data: "x")),
            ("data:x\n\n", Reading(kind: .event, data: "x")),
            ("data:  x\n\n", Reading(kind: .event, data: " x")),
            ("data: x: y\r\n\r\n", Reading(kind: .event, data: "x: y")),
            ("data\n\n", Reading(kind: .event)),
            ("data:\n\n", Reading(kind: .event)),
            ("data: \n\n", Reading(kind: .event)),
            ("data: a\ndata:b\rdata:  c\r\n\n", Reading(kind: .event, data: "a\nb\n c")),
            ("data\ndata\n\n", Reading(kind: .event, data: "\n")),
            ("data: a\ndata:\ndata: c\n\n", Reading(kind: .event, data: "a\n\nc")),
            ("\n\r\n\rdata: x\n\n", Reading(kind: .event, data: "x")),
            ("data: x", Reading(kind: .event, data: "x")),
            ("data: x\n", Reading(kind: .event, data: "x")),
            ("data: x\r", Reading(kind: .event, data: "x")),
            (": hi\ndata: x\n: ho\n\n", Reading(kind: .event, data: "x")),
            (": hi\n\n", Reading(kind: .comment)),
            (":\n\n", Reading(kind: .comment)),
            (":data: x\n\n", Reading(kind: .comment)),
            ("\n\r\n", Reading(kind: .blank)),
            ("", Reading(kind: .blank)),
            ("event: done\n\n", Reading(kind: .fields, event: "done")),
            ("event\n\n", Reading(kind: .fields, event: "")),
            ("event: a\nevent:b\ndata: x\n\n", Reading(kind: .event, data: "x", event: "b")),
            ("id: 7\ndata: x\n\n", Reading(kind: .event, data: "x", id: "7")),
            ("id\n\n", Reading(kind: .fields, id: "")),
            ("id: 1\nid: 2\u{0}3\n\n", Reading(kind: .fields, id: "1")),
            ("retry: 3000\n\n", Reading(kind: .fields, retry: 3000)),
            ("retry: 007\n\n", Reading(kind: .fields, retry: 7)),
            ("retry: 9\nretry: 3s\n\n", Reading(kind: .fields, retry: 9)),
            ("retry: -1\n\n", Reading(kind: .fields)),
            ("retry:\n\n", Reading(kind: .fields)),
            ("retry: 9223372036854775807\n\n", Reading(kind: .fields, retry: .max)),
            ("retry: 9223372036854775808\n\n", Reading(kind: .fields)),
            ("retry: 99999999999999999999\n\n", Reading(kind: .fields)),
            ("foo: bar\n\n", Reading(kind: .fields)),
            ("Data: x\n\n", Reading(kind: .fields)),
            ("dat: x\n\n", Reading(kind: .fields)),
            ("data : x\n\n", Reading(kind: .fields)),
            (" data: x\n\n", Reading(kind: .fields)),
            ("\u{FEFF}data: x\n\n", Reading(kind: .fields)),
            ("data: [DONE]\n\n", Reading(kind: .event, data: "[DONE]", isDone: true)),
            ("data: [DONE] \n\n", Reading(kind: .event, data: "[DONE] ")),
            ("data: [DONE]\ndata\n\n", Reading(kind: .event, data: "[DONE]\n")),
            ("data\ndata: [DONE]\n\n", Reading(kind: .event, data: "\n[DONE]")),
        ]
    )
    func reading(block: String, expected: Reading) {
        var reader = SSEBlockReader()
        // A reader in use has results of an earlier block to forget.
        reader.read(
            Array("data: old\ndata: [DONE]\nevent: e\nid: i\nretry: 1\n\n".utf8).span,
            isFirst: true
        )
        #expect(read(block, isFirst: false, with: &reader) == expected)
    }

    @Test("A byte order mark is left out at the start of the response only")
    func byteOrderMark() {
        var reader = SSEBlockReader()
        let marked = "\u{FEFF}data: x\n\n"
        #expect(read(marked, isFirst: true, with: &reader) == Reading(kind: .event, data: "x"))
        #expect(read(marked, isFirst: false, with: &reader) == Reading(kind: .fields))
        #expect(read("\u{FEFF}\n\n", isFirst: true, with: &reader) == Reading(kind: .blank))
        #expect(
            read("\u{FEFF}" + marked, isFirst: true, with: &reader) == Reading(kind: .fields),
            "only one"
        )
    }

    @Test("An event name is compared whole")
    func eventName() {
        var reader = SSEBlockReader()
        let block = Array("event: done\n\n".utf8)
        reader.read(block.span, isFirst: true)
        #expect(reader.isEvent("done", in: block))
        #expect(!reader.isEvent("don", in: block))
        #expect(!reader.isEvent("done!", in: block))
        #expect(!reader.isEvent("done", in: []))
    }

    private func read(_ block: String, isFirst: Bool, with reader: inout SSEBlockReader) -> Reading
    {
        let bytes = Array(block.utf8)
        reader.read(bytes.span, isFirst: isFirst)
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        return Reading(
            kind: reader.kind,
            data: reader.withData(in: bytes.span) { data in
                data.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
            },
            event: reader.eventType.map(text),
            id: reader.lastEventID.map(text),
            retry: reader.retry,
            isDone: reader.isDone
        )
    }
}
