import Testing
import Wire

/// Texts that are not JSON, each with what is wrong and where.
@Suite("JSON refused")
struct JSONRefusedTests {
    @Test(
        "No value, or more than one",
        arguments: [
            ("", JSONViolation.noValue(at: 0)), (" ", .noValue(at: 1)),
            ("\t\n\r ", .noValue(at: 4)),
            ("\u{FEFF}", .byteOrderMark), ("\u{FEFF}{}", .byteOrderMark),
            ("\u{FEFF}1", .byteOrderMark),
            (" \u{FEFF}{}", .unexpectedCharacter(at: 1)), ("1 2", .trailingText(at: 2)),
            ("{}{}", .trailingText(at: 2)), ("{}}", .trailingText(at: 2)),
            ("[]]", .trailingText(at: 2)),
            ("[] x", .trailingText(at: 3)), ("{}\u{0}", .trailingText(at: 2)),
            ("null,", .trailingText(at: 4)),
            ("{\"a\":1}#", .trailingText(at: 7)), ("{\"a\":1}//", .trailingText(at: 7)),
            ("\"\"x", .trailingText(at: 2)), ("[1]\u{A0}", .trailingText(at: 3)),
            ("truex", .trailingText(at: 4)),
            ("nullnull", .trailingText(at: 4)), ("{} \u{FEFF}", .trailingText(at: 3)),
        ]
    )
    func wholeText(text: String, violation: JSONViolation) { expect(text, violation) }

    @Test(
        "Characters that start no value",
        arguments: [
            "a", "NaN", "Infinity", "undefined", "TRUE", "True", "Null", "+1", ".5", "*", "\u{0}",
            "\u{B}1", "\u{C}1", "\u{A0}1", "\u{2060}1", "'a'", "\\u0020", "<>", "#1", "//", "/**/1",
            "]",
            "}", ":", ",", ",1", "@", "\u{1}", "\u{1F}", "!", "&", "é", "N", "=",
        ]
    )
    func start(text: String) { expect(text, .unexpectedCharacter(at: 0)) }

    @Test(
        "Literals",
        arguments: [
            ("n", JSONViolation.endsEarly(at: 1)), ("nul", .endsEarly(at: 3)),
            ("tru", .endsEarly(at: 3)),
            ("fals", .endsEarly(at: 4)), ("nulx", .unexpectedCharacter(at: 3)),
            ("tRue", .unexpectedCharacter(at: 1)), ("falze", .unexpectedCharacter(at: 3)),
            ("nan", .unexpectedCharacter(at: 1)), ("[nul]", .unexpectedCharacter(at: 4)),
            ("nuLL", .unexpectedCharacter(at: 2)),
        ]
    )
    func literal(text: String, violation: JSONViolation) { expect(text, violation) }

    @Test(
        "Numbers",
        arguments: [
            ("-", JSONViolation.endsEarly(at: 1)), ("01", .invalidNumber(at: 1)),
            ("-01", .invalidNumber(at: 2)),
            ("00", .invalidNumber(at: 1)), ("-a", .invalidNumber(at: 1)),
            ("--1", .invalidNumber(at: 1)),
            ("1.", .endsEarly(at: 2)), ("1.e1", .invalidNumber(at: 2)),
            ("1..2", .invalidNumber(at: 2)),
            ("-.5", .invalidNumber(at: 1)), ("1e", .endsEarly(at: 2)), ("1e+", .endsEarly(at: 3)),
            ("1E-", .endsEarly(at: 3)), ("1ee1", .invalidNumber(at: 2)),
            ("1e+-1", .invalidNumber(at: 3)),
            ("1eE", .invalidNumber(at: 2)), ("0e", .endsEarly(at: 2)), ("0.", .endsEarly(at: 2)),
            ("1e1.5", .trailingText(at: 3)), ("0x1", .trailingText(at: 1)),
            ("1 000", .trailingText(at: 2)),
            ("1a", .trailingText(at: 1)), ("1.5.6", .trailingText(at: 3)),
            ("1_000", .trailingText(at: 1)),
            ("-Infinity", .invalidNumber(at: 1)), ("-NaN", .invalidNumber(at: 1)),
            ("1f", .trailingText(at: 1)),
            ("[-]", .invalidNumber(at: 2)), ("[1.]", .invalidNumber(at: 3)),
            ("1+2", .trailingText(at: 1)),
            ("１", .unexpectedCharacter(at: 0)), ("[- 1]", .invalidNumber(at: 2)),
            ("0.3e]", .invalidNumber(at: 4)),
        ]
    )
    func number(text: String, violation: JSONViolation) { expect(text, violation) }

    @Test(
        "Strings",
        arguments: [
            ("\"", JSONViolation.endsInsideString(at: 1)), ("\"a", .endsInsideString(at: 2)),
            ("\"12345678", .endsInsideString(at: 9)), ("\"\\", .endsInsideString(at: 2)),
            ("\"\\\"", .endsInsideString(at: 3)), ("\"\\u", .endsInsideString(at: 3)),
            ("\"\\u00A", .endsInsideString(at: 6)), ("\"\\u00A\"", .invalidEscape(at: 1)),
            ("\"\\u00G0\"", .invalidEscape(at: 1)), ("\"\\U0041\"", .invalidEscape(at: 1)),
            ("\"\\x41\"", .invalidEscape(at: 1)), ("\"\\a\"", .invalidEscape(at: 1)),
            ("\"\\'\"", .invalidEscape(at: 1)), ("\"\\0\"", .invalidEscape(at: 1)),
            ("\"\\\u{0}\"", .invalidEscape(at: 1)), ("\"\\\n\"", .invalidEscape(at: 1)),
            ("\"\\🌀\"", .invalidEscape(at: 1)), ("\"\\u 041\"", .invalidEscape(at: 1)),
            ("\"\\u+041\"", .invalidEscape(at: 1)), ("\"\\uD800\\u1\"", .invalidEscape(at: 7)),
            ("\"\\uD800\\", .endsInsideString(at: 8)), ("\"a\nb\"", .controlCharacter(at: 2)),
            ("\"\t\"", .controlCharacter(at: 1)), ("\"\u{0}\"", .controlCharacter(at: 1)),
            ("\"\u{1F}\"", .controlCharacter(at: 1)), ("\"1234567\r9\"", .controlCharacter(at: 8)),
            ("\"é\u{1}\"", .controlCharacter(at: 3)), ("[\"a", .endsInsideString(at: 3)),
        ]
    )
    func string(text: String, violation: JSONViolation) { expect(text, violation) }

    @Test(
        "Arrays",
        arguments: [
            ("[", JSONViolation.endsEarly(at: 1)), ("[ ", .endsEarly(at: 2)),
            ("[1", .endsEarly(at: 2)),
            ("[1,", .endsEarly(at: 3)), ("[1,]", .unexpectedCharacter(at: 3)),
            ("[,1]", .unexpectedCharacter(at: 1)),
            ("[1,,2]", .unexpectedCharacter(at: 3)), ("[,]", .unexpectedCharacter(at: 1)),
            ("[1 2]", .unexpectedCharacter(at: 3)), ("[1:2]", .unexpectedCharacter(at: 2)),
            ("[1}", .unexpectedCharacter(at: 2)), ("[}", .unexpectedCharacter(at: 1)),
            ("[[]", .endsEarly(at: 3)),
            ("[\"a\":1]", .unexpectedCharacter(at: 4)), ("[1;2]", .unexpectedCharacter(at: 2)),
            ("[x", .unexpectedCharacter(at: 1)), ("[3[4]]", .unexpectedCharacter(at: 2)),
            ("[{\"a\":1]", .unexpectedCharacter(at: 7)),
            ("[\"x\"\"y\"]", .unexpectedCharacter(at: 4)),
            ("[1,\n1\n,1", .endsEarly(at: 8)), ("[{}", .endsEarly(at: 3)),
            ("[a, 1]", .unexpectedCharacter(at: 1)),
        ]
    )
    func array(text: String, violation: JSONViolation) { expect(text, violation) }

    @Test(
        "Objects, at the top level and inside another value",
        arguments: [
            ("{", JSONViolation.endsEarly(at: 1)), ("{ ", .endsEarly(at: 2)),
            ("{\"a\"", .endsEarly(at: 4)),
            ("{\"a\":", .endsEarly(at: 5)), ("{\"a\":1", .endsEarly(at: 6)),
            ("{\"a\":1,", .endsEarly(at: 7)),
            ("{\"a\":1,}", .unexpectedCharacter(at: 7)), ("{,}", .unexpectedCharacter(at: 1)),
            ("{\"a\"}", .unexpectedCharacter(at: 4)), ("{\"a\":}", .unexpectedCharacter(at: 5)),
            ("{\"a\" 1}", .unexpectedCharacter(at: 5)), ("{\"a\"::1}", .unexpectedCharacter(at: 5)),
            ("{\"a\",1}", .unexpectedCharacter(at: 4)), ("{a:1}", .unexpectedCharacter(at: 1)),
            ("{1:1}", .unexpectedCharacter(at: 1)), ("{'a':1}", .unexpectedCharacter(at: 1)),
            ("{null:null}", .unexpectedCharacter(at: 1)),
            ("{\"a\":1]", .unexpectedCharacter(at: 6)),
            ("{\"a\":1 \"b\":2}", .unexpectedCharacter(at: 7)), ("{]", .unexpectedCharacter(at: 1)),
            ("{\"a\":1,,\"b\":2}", .unexpectedCharacter(at: 7)),
            ("{\"a\":x}", .unexpectedCharacter(at: 5)),
            ("{[\"a\"]:1}", .unexpectedCharacter(at: 1)), ("{\"a", .endsInsideString(at: 3)),
            ("{\"a\":1;}", .unexpectedCharacter(at: 6)),
            ("{\"a\": [1,}", .unexpectedCharacter(at: 9)),
            ("{\"a\":/**/1}", .unexpectedCharacter(at: 5)), ("{:1}", .unexpectedCharacter(at: 1)),
        ]
    )
    func object(text: String, violation: JSONViolation) {
        expect(text, violation)
        var scanner = JSONScanner()
        #expect(throws: JSONViolation.self) { try scanner.scan("[\(text)]") }
        #expect(throws: JSONViolation.self) { try scanner.scan("{\"x\":\(text)}") }
    }

    @Test(
        "Bytes that are not UTF-8, at every place within a word",
        arguments: [
            [0x80], [0xBF], [0xFF], [0xFE], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41],
            [0xC2, 0xC2, 0x80],
            [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xE2, 0x41, 0x80],
            [0xE2, 0x82, 0x41],
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF0, 0x9F, 0x86], [0xF0, 0x9F, 0x41, 0x94], [0xF0, 0x9F, 0x86, 0x41],
            [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
            [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80],
            [0xE9],
        ] as [[UInt8]]
    )
    func notUTF8(bytes: [UInt8]) {
        var scanner = JSONScanner()
        for padding in 0..<9 {
            let before =
                [UInt8(ascii: "\"")] + [UInt8](repeating: UInt8(ascii: "a"), count: padding)
            for after in ["\"", "bcdefghij\"", ""] {
                #expect(throws: JSONViolation.invalidUTF8(at: padding + 1)) {
                    try scanner.scan(before + bytes + after.utf8)
                }
            }
        }
        #expect(throws: JSONViolation.self) { try scanner.scan(bytes) }
    }

    @Test("Every prefix of an object is refused")
    func prefixes() throws {
        let text = Array(#"{"a":"\u00e9é\\","b":[1.5e+3,{"c":null}],"d":true}"#.utf8)
        var scanner = JSONScanner()
        for length in text.indices {
            #expect(throws: JSONViolation.self) { try scanner.scan(Array(text[..<length])) }
        }
        #expect(try scanner.scan(text) == .object)
    }

    @Test("A violation says in a few words what and where")
    func descriptions() {
        #expect("\(JSONViolation.unexpectedCharacter(at: 5))" == "unexpected character at byte 5")
        #expect("\(JSONViolation.endsInsideString(at: 9))" == "text ends inside a string")
        #expect(JSONViolation.endsInsideString(at: 9).offset == 9)
        #expect(JSONViolation.byteOrderMark.offset == 0)
    }

    private func expect(_ text: String, _ violation: JSONViolation) {
        var scanner = JSONScanner()
        #expect(throws: violation, "\(text)") { try scanner.scan(text) }
    }
}
