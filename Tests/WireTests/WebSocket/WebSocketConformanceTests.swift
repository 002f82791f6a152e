import Testing

@testable import Wire

/// The chapters of RFC 6455's conformance suites that a server without extensions can meet: framing,
/// pings and pongs, reserved bits, opcodes, fragmentation, UTF-8, closing.
struct WebSocketConformanceTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let frames: [[UInt8]]
        let trace: [String]
        var testDescription: String { name }

        init(_ name: String, _ frames: [[UInt8]], _ trace: [String]) {
            self.name = name
            self.frames = frames
            self.trace = trace
        }
    }

    private static let long = [UInt8](repeating: 0x2A, count: 125)
    private static func text(_ count: Int) -> String { String(repeating: "*", count: count) }

    static let framing: [Case] = [
        Case("1.1 empty text", [TestFrame.masked(0x81)], ["text/1 "]),
        Case("1.1 text", [TestFrame.masked(0x81, "Привет!")], ["text/1 Привет!"]),
        Case("1.1 text of 125", [TestFrame.masked(0x81, long)], ["text/1 " + text(125)]),
        Case("1.1 text of 126", [TestFrame.masked(0x81, text(126))], ["text/1 " + text(126)]),
        Case("1.2 empty binary", [TestFrame.masked(0x82)], ["binary/1 []"]),
        Case("1.2 binary", [TestFrame.masked(0x82, [0, 255, 128])], ["binary/1 [0, 255, 128]"]),
        Case(
            "2 pings and pongs",
            [
                TestFrame.masked(0x89), TestFrame.masked(0x89, "a"), TestFrame.masked(0x8A, "b"),
                TestFrame.masked(0x89, [UInt8](long)), TestFrame.masked(0x8A),
            ],
            ["ping ", "ping a", "pong b", "ping " + text(125), "pong "]
        ),
        Case(
            "2.5 ping of 126",
            [TestFrame.header(0x89, length: 126)],
            ["violation: a control frame is fragmented or too long (1002)"]
        ),
        Case(
            "2.6 a fragmented ping",
            [TestFrame.masked(0x09, "a")],
            ["violation: a control frame is fragmented or too long (1002)"]
        ),
    ]

    static let reserved: [Case] =
        [0xC1, 0xA1, 0x91, 0xF1, 0xC9, 0xC8].map { (first: UInt8) in
            Case(
                "3 reserved bit: \(first)",
                [TestFrame.masked(0x81, "ok"), TestFrame.masked(first, "a")],
                ["text/1 ok", "violation: a reserved bit is set (1002)"]
            )
        }
        + [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map { (opcode: UInt8) in
            Case(
                "4 opcode \(opcode)",
                [TestFrame.masked(0x81, "ok"), TestFrame.masked(0x80 | opcode, "a")],
                ["text/1 ok", "violation: unknown opcode (1002)"]
            )
        }

    static let fragments: [Case] = [
        Case(
            "5 two fragments",
            [TestFrame.masked(0x01, "frag"), TestFrame.masked(0x80, "ment")],
            ["text/2 fragment"]
        ),
        Case(
            "5 binary in three, the outer ones empty",
            [TestFrame.masked(0x02), TestFrame.masked(0x00, [7]), TestFrame.masked(0x80)],
            ["binary/3 [7]"]
        ),
        Case(
            "5 control frames between",
            [
                TestFrame.masked(0x01, "a"), TestFrame.masked(0x89, "p1"),
                TestFrame.masked(0x00, "b"), TestFrame.masked(0x8A, "p2"),
                TestFrame.masked(0x89), TestFrame.masked(0x80, "c"), TestFrame.masked(0x81, "d"),
            ],
            ["ping p1", "pong p2", "ping ", "text/3 abc", "text/1 d"]
        ),
        Case(
            "5 close inside a message",
            [TestFrame.masked(0x01, "a"), TestFrame.close(1000), TestFrame.masked(0x80, "b")],
            ["close 1000 "]
        ),
        Case(
            "5 continuation first",
            [TestFrame.masked(0x80, "a")],
            ["violation: a continuation without a message (1002)"]
        ),
        Case(
            "5 continuation after an end",
            [
                TestFrame.masked(0x01, "a"), TestFrame.masked(0x80, "b"),
                TestFrame.masked(0x00, "c"),
            ],
            ["text/2 ab", "violation: a continuation without a message (1002)"]
        ),
        Case(
            "5 a message inside another",
            [TestFrame.masked(0x01, "a"), TestFrame.masked(0x81, "b")],
            ["violation: a new message inside a fragmented one (1002)"]
        ),
        Case(
            "5 binary inside text",
            [TestFrame.masked(0x01, "a"), TestFrame.masked(0x02, "b")],
            ["violation: a new message inside a fragmented one (1002)"]
        ),
    ]

    static let utf8: [Case] = [
        Case(
            "6 a character over fragments",
            [
                TestFrame.masked(0x01, [0x61, 0xF0]), TestFrame.masked(0x00, [0x9F]),
                TestFrame.masked(0x89, [0xFF]), TestFrame.masked(0x00),
                TestFrame.masked(0x80, [0x86, 0x94, 0x62]),
            ],
            ["ping \u{FFFD}", "text/4 a🆔b"]
        ),
        Case(
            "6 invalid",
            [TestFrame.masked(0x81, [0xCE, 0xBA, 0xED, 0xA0, 0x80, 0x65])],
            ["violation: text is not UTF-8 (1007)"]
        ),
        Case(
            "6.4 refused before the message is all there",
            [TestFrame.header(0x81, length: 1000) + [0xFF ^ TestFrame.key[0]]],
            ["violation: text is not UTF-8 (1007)"]
        ),
        Case(
            "6 a character without end",
            [TestFrame.masked(0x01, "a"), TestFrame.masked(0x80, [0xD0])],
            ["violation: text is not UTF-8 (1007)"]
        ),
        Case(
            "6 noncharacters are characters",
            [TestFrame.masked(0x81, [0xEF, 0xBF, 0xBF])],
            ["text/1 \u{FFFF}"]
        ),
        Case("6 binary may be anything", [TestFrame.masked(0x82, [0xFF])], ["binary/1 [255]"]),
    ]

    static let closing: [Case] =
        [
            Case("7 empty close", [TestFrame.masked(0x88)], ["close - "]),
            Case("7 half a code", [TestFrame.masked(0x88, [3])], [badClose]),
            Case("7 with a reason", [TestFrame.close(1001, [0x62, 0x79])], ["close 1001 by"]),
            Case(
                "7 the longest reason",
                [TestFrame.close(1000, [UInt8](repeating: 0x2A, count: 123))],
                ["close 1000 " + text(123)]
            ),
            Case(
                "7 reason too long",
                [TestFrame.close(1000, [UInt8](repeating: 0x2A, count: 124))],
                ["violation: a control frame is fragmented or too long (1002)"]
            ),
            Case(
                "7.5 reason not UTF-8",
                [TestFrame.close(1000, [0xCE, 0xFF])],
                ["violation: text is not UTF-8 (1007)"]
            ),
            Case(
                "7 nothing is read after close",
                [TestFrame.close(1000), TestFrame.masked(0x81, "a"), [0xFF, 0xFF, 0xFF]],
                ["close 1000 "]
            ),
        ]
        + [
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
            4000, 4999,
        ]
        .map { Case("7.7 code \($0)", [TestFrame.close($0)], ["close \($0) "]) }
        + [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535]
        .map { Case("7.9 code \($0)", [TestFrame.close($0)], [badClose]) }

    private static let badClose = "violation: malformed close frame (1002)"

    @Test(
        "Every conversation, however its bytes are split",
        arguments: framing + reserved + fragments + utf8 + closing
    )
    func conversation(example: Case) {
        let bytes = Array(example.frames.joined())
        for chunks in Chunkings.all(of: bytes) + [example.frames] {
            #expect(WebSocketTrace.lines(chunks) == example.trace)
        }
    }
}
