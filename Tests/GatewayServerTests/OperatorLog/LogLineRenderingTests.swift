import Session
import Testing

@testable import GatewayServer

@Suite("Log lines")
struct LogLineRenderingTests {
    private static func render(_ line: LogLine, _ format: LogFormat, at time: Int64 = 0) -> String {
        var output: [UInt8] = []
        line.append(in: format, at: time, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test("The text form is the wording that operators search for")
    func text() {
        let line = LogLine(.info, "new_1", "🆔 Received session_info chunk: session_id=abc-123")
        #expect(
            Self.render(line, .text)
                == "INFO: [new_1] 🆔 Received session_info chunk: session_id=abc-123\n"
        )
        #expect(Self.render(LogLine(.warning, "a", #"\ ""#), .text) == "WARNING: [a] \\ \"\n")
    }

    @Test("The JSON form is an object a line")
    func json() {
        let line = LogLine(.error, "a\"b", #"c\d"#)
        #expect(
            Self.render(line, .json, at: 1_795_363_200_123_456)
                == #"{"time":"2026-11-22T16:00:00.123456Z","level":"ERROR","id":"a\"b","message":"c\\d"}"#
                + "\n"
        )
    }

    @Test(
        "Times",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"),
            (1_709_210_096_000_007, "2024-02-29T12:34:56.000007Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ] as [(Int64, String)]
    )
    func times(time: Int64, text: String) {
        var output: [UInt8] = []
        LogTime.append(time, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == text)
    }

    @Test(
        "What a peer sends cannot begin a line or steer a terminal",
        arguments: [
            ("a\nINFO: [x] forged", #"a\nINFO: [x] forged"#),
            ("\r\n\t", #"\r\n\t"#),
            ("\u{0}\u{1B}[2J\u{7F}", #"\u0000\u001b[2J\u007f"#),
            ("\u{85}\u{9B}\u{2028}\u{2029}", #"\u0085\u009b\u2028\u2029"#),
            ("Привет\u{A0}🆔", "Привет\u{A0}🆔"),
        ]
    )
    func injection(text: String, shown: String) {
        #expect(Self.render(LogLine(.info, text, text), .text) == "INFO: [\(shown)] \(shown)\n")
        let json = Self.render(LogLine(.info, text, text), .json)
        #expect(json.hasSuffix(#""id":"\#(shown)","message":"\#(shown)"}"# + "\n"))
    }

    @Test("A text of any length makes a line of a bounded one, cut between characters")
    func limit() {
        let long = String(repeating: "я", count: LogText.limit)
        let line = Self.render(LogLine(.info, "a", long), .text)
        #expect(line == "INFO: [a] " + String(repeating: "я", count: LogText.limit / 2) + "…\n")
    }
}
