import Testing
import Wire

@Suite("JSON strings")
struct JSONStringTests {
    @Test(
        "Decoding",
        arguments: [
            ("", ""), ("abc", "abc"), ("Привет 🆔", "Привет 🆔"),
            (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#"\u0041\u00e9\u20AC"#, "Aé€"), (#"\ud83c\udd94!"#, "🆔!"),
            (#"\uDBFF\uDFFD"#, "\u{10FFFD}"),
            (#"\uD800\uDC00"#, "\u{10000}"), (#"a\u0000b"#, "a\u{0}b"), (#"\\u0041"#, "\\u0041"),
            (#"\uFFFF"#, "\u{FFFF}"), (#"\u007f\u0080\u07ff\u0800"#, "\u{7F}\u{80}\u{7FF}\u{800}"),
        ]
    )
    func decoding(content: String, expected: String) {
        #expect(JSONString.decode(content).map { Array($0.utf8) } == Array(expected.utf8))
    }

    @Test(
        "A lone surrogate has no text",
        arguments: [
            #"\ud83d"#, #"\ude00"#, #"\ude00\ud83d"#, #"\ud83d\ud83d\ude00"#, #"a\uD800b"#,
            #"\uD800\n"#,
            #"\uDBFF\u0041"#, #"\ud83dxude00"#, #"\ud83d\\de00"#,
        ]
    )
    func loneSurrogate(content: String) {
        #expect(JSONString.decode(content) == nil)
    }

    @Test(
        "What no scanned string holds gives nil, not a trap",
        arguments: [
            #"\"#, #"\u"#, #"\u12"#, #"\u12g4"#, #"\x"#, #"\ud83d\u"#, #"\ud83d\"#, #"abc\"#,
        ]
    )
    func malformed(content: String) {
        #expect(JSONString.decode(content) == nil)
        #expect(JSONString.decode([0x61, 0xFF].span) == nil)
    }

    @Test(
        "Quoting escapes the quote, the backslash and controls, and nothing else",
        arguments: [
            ("", #""""#), ("abc", #""abc""#), ("\"\\/", #""\"\\/""#),
            ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
            ("\u{0}\u{1}\u{B}\u{1A}\u{1F}", #""\u0000\u0001\u000b\u001a\u001f""#),
            ("\u{7F}", "\"\u{7F}\""),
            ("é\u{2028}🆔", "\"é\u{2028}🆔\""),
        ]
    )
    func quoting(text: String, expected: String) throws {
        #expect(JSONString.quoted(text) == expected)
        #expect(JSONString.quoted(Array(text.utf8)) == expected)
        var scanner = JSONScanner()
        #expect(try scanner.scan(expected) == .string)
        #expect(JSONString.decode(String(expected.dropFirst().dropLast())) == text)
    }

    @Test("Quoting bytes that are not UTF-8 still gives JSON")
    func repair() throws {
        let quoted = JSONString.quoted([0x61, 0xFF, 0x22, 0xE2, 0x82])
        #expect(quoted == "\"a\u{FFFD}\\\"\u{FFFD}\"")
        var scanner = JSONScanner()
        #expect(try scanner.scan(quoted) == .string)
    }

    @Test("Every character survives quoting and decoding")
    func roundTrip() {
        for first in Array(stride(from: UInt32(0), to: 0x10FFFF, by: 257)) + [0x10FFFF] {
            guard let scalar = Unicode.Scalar(first) else { continue }
            // By bytes: a combining character and the quote before it are one Character.
            let quoted = Array(JSONString.quoted(String(scalar)).utf8)
            let decoded = JSONString.decode(Array(quoted.dropFirst().dropLast()).span)
            #expect(decoded?.unicodeScalars.elementsEqual([scalar]) == true)
        }
    }
}
