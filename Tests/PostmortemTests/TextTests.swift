import Testing

@testable import Postmortem

struct TextTests {
    @Test(
        arguments: [
            ("plain", "plain"), ("a\nb\r\tc", #"a\nb\r\tc"#),
            ("\u{1B}[31mred\u{7}", #"\u{1b}[31mred\u{7}"#), ("\u{9B}2J", #"\u{9b}2J"#),
            ("a\u{202E}b\u{2066}c", #"a\u{202e}b\u{2066}c"#),
            ("\u{2028}\u{2029}\u{85}", #"\u{2028}\u{2029}\u{85}"#), ("Привет 🆔", "Привет 🆔"),
            ("\u{0}\u{7F}\u{FEFF}", #"\u{0}\u{7f}\u{feff}"#), ("\r\n", #"\r\n"#), ("", ""),
        ]
    )
    func nothingMovesTheCursor(text: String, safe: String) {
        #expect(TerminalText.make(text) == safe)
    }

    @Test(
        arguments: [
            (#"{"a":"b\n"}"#, #"{"a":"b\n"}"#), ("\"\u{9B}2J\u{7F}\"", #""\u009b2J\u007f""#),
            ("\"\u{202E}Привет 🆔\"", #""\u202eПривет 🆔""#), ("\"\u{F0000}\"", #""\udb80\udc00""#),
        ]
    )
    func jsonStaysJSON(json: String, safe: String) {
        let escaped = TerminalText.escaping(json: Array(json.utf8))
        #expect(String(decoding: escaped, as: UTF8.self) == safe)
    }

    @Test func badUTF8IsReplaced() {
        #expect(TerminalText.make([0x61, 0xFF, 0xC3, 0x62] as [UInt8]) == "a\u{FFFD}\u{FFFD}b")
    }

    @Test(
        arguments: [
            ("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("abcdefg", 1, "…"), ("abc", 0, ""),
            ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
            ("ab\n\n", 4, "ab…"), ("ab\n", 4, "ab\\n"), ("é\u{301}\u{301}x", 2, "é\u{301}\u{301}x"),
        ]
    )
    func cutToTheWidth(text: String, limit: Int, cut: String) {
        let line = TerminalText.make(text, limit: limit)
        #expect(line == cut)
        #expect(TerminalText.columns(of: line) <= limit)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"),
            (1_763_827_681_000_123, "2025-11-22T16:08:01.000123Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)]
    )
    func times(microseconds: Int64, text: String) {
        #expect(Timestamp.iso8601(microseconds) == text)
    }

    @Test(
        arguments: [
            (0, "+0.000ms"), (120, "+0.120ms"), (9_999, "+9.999ms"), (10_000, "+10.0ms"),
            (999_999, "+999.9ms"), (61_049_999, "+61.0s"), (-5, "-0.005ms"),
            (.min, "-9223372036854.7s"),
        ] as [(Int64, String)]
    )
    func spans(microseconds: Int64, text: String) {
        #expect(Timestamp.span(microseconds) == text)
    }

    @Test(arguments: [Int64.min, .max])
    func timesBeyondTheCalendar(microseconds: Int64) {
        #expect(!Timestamp.iso8601(microseconds).isEmpty)
    }
}
