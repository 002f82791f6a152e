import Testing
import Wire

@testable import agent_probe

/// The events of WHATWG HTML §9.2.6.
struct EventDispatchTests {
    /// Gives the lines for a body that comes in pieces of a size.
    private func lines(_ body: [UInt8], pieces size: Int) throws -> [String] {
        var dispatch = EventDispatch()
        var lines: [String] = []
        var waiting: [UInt8] = []
        for start in stride(from: 0, to: body.count, by: size) {
            waiting += body[start..<min(start + size, body.count)]
            let count = try dispatch.receive(waiting.span) { line in
                lines.append(String(decoding: line.dropLast(), as: UTF8.self))
            }
            waiting.removeFirst(count)
        }
        return lines
    }

    private static func event(_ data: String, type: String = "message", id: String = "") -> String {
        #"{"type":"\#(type)","data":"\#(data)","lastEventId":"\#(id)"}"#
    }

    @Test(
        arguments: [
            ("data: a\n\n", [event("a")]),
            ("data:a\ndata: b\ndata\n\n", [event(#"a\nb\n"#)]),
            ("data\n\n", [event("")]),
            ("event: x\nid: 1\n\ndata: a\n\n", [event("a", id: "1")]),
            ("event: x\ndata: a\n\ndata: b\n\n", [event("a", type: "x"), event("b")]),
            ("event\ndata: a\n\n", [event("a")]),
            (
                "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
                [
                    event("a", id: "1"), event("b", id: "1"), event("c"),
                ]
            ),
            ("id: 1\nid: 2\u{0}\ndata: a\n\n", [event("a", id: "1")]),
            (": c\r\rdata: a\r\r: c\r\n\r\ndata: b\r\n\r\n", [event("a"), event("b")]),
            ("\u{FEFF}data: a\n\n\u{FEFF}data: b\n\n", [event("a")]),
            ("data: й\u{2028}\"\\\n\n", [event("й\u{2028}\\\"\\\\")]),
            ("data: a\n\ndata: b\n", [event("a")]),
            ("retry: 5\nother: x\n\n", []),
        ] as [(String, [String])]
    )
    func eventsDoNotDependOnTheReads(body: String, lines wanted: [String]) throws {
        let bytes = Array(body.utf8)
        for size in 1...bytes.count { #expect(try lines(bytes, pieces: size) == wanted) }
    }

    @Test func whatIsNotUTF8IsReplaced() throws {
        let body = Array("data: a".utf8) + [0xFF] + Array("\n\n".utf8)
        #expect(try lines(body, pieces: body.count) == [Self.event("a\u{FFFD}")])
    }
}
