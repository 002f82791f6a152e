import Testing
import Wire

/// Texts that RFC 8259 calls JSON, and those it leaves open that this scanner lets pass.
@Suite("JSON accepted")
struct JSONAcceptedTests {
    @Test(
        "Scalars",
        arguments: [
            ("null", JSONKind.null), ("true", .true), ("false", .false), (" \t\r\n null \n", .null),
            (#""""#, .string), (#""a""#, .string), ("\"\u{7F}\"", .string), (#"" ""#, .string),
            (#""12345678""#, .string), (#""1234567\"""#, .string), (#""12345678\\""#, .string),
        ]
    )
    func scalar(text: String, kind: JSONKind) throws { try expect(text, kind) }

    @Test(
        "Numbers",
        arguments: [
            "0", "-0", "1", "-1", "10", "123", "0.0", "0.5", "-0.5", "1.25", "123.456", "1e1",
            "1E1",
            "1e+1", "1e-1", "1E-12", "0e1", "0e+1", "0E0", "-0e-0", "1.5e10", "-1.5E+10", "1e00",
            "0.4e00669999999999999999", "123e65", "1e999999", "-1e-999999", "20e1",
            "1.000000000000",
            "100000000000000000000000000000000000000",
            "-237462374673276894279832749832423479823246",
            "0.00000000000000000000000000000000000000000000000000000000000000000001", " 7 ",
        ]
    )
    func number(text: String) throws { try expect(text, .number) }

    @Test(
        "Strings with escapes",
        arguments: [
            #""\"\\\/\b\f\n\r\t""#, #""\u0000""#, #""\u0041""#, #""\uABCD\uabcd\uAbCd""#,
            #""\u002c""#,
            #""\\u0000""#, #""\\n""#, #""a\/b""#, #""\u0022\u005C""#, #""\uDBFF\uDFFF""#,
            #""\u2028""#,
            #""\ud83d\ude00""#, #""\uFFFE\uFFFF\uFDD0""#, #""\\\\\\\\""#, #""abcdefg\\""#,
            // Lone surrogates: grammatical, of no defined meaning (RFC 8259 §8.2).
            #""\ud83d""#, #""\ude00""#, #""\ude00\ud83d""#, #""\ud83d\ud83d""#, #""\uD800abc""#,
            #""\uD800\n""#, #""\uDADA\u0041""#,
        ]
    )
    func escapes(text: String) throws { try expect(text, .string) }

    @Test(
        "Strings with characters beyond ASCII, at every place within a word",
        arguments: [
            "\u{80}", "\u{7FF}", "\u{800}", "\u{FFF}", "\u{1000}", "\u{D7FF}", "\u{E000}",
            "\u{F8FF}",
            "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{10000}", "\u{3FFFF}", "\u{40000}", "\u{10FFFD}",
            "\u{2028}\u{2029}\u{85}", "Привет", "🆔🆔", "\u{FEFF}", "日本語", "é1é2é3",
        ]
    )
    func unicode(content: String) throws {
        for padding in 0..<9 {
            let before = String(repeating: "a", count: padding)
            for after in ["", "b", "bcdefghij"] {
                try expect("\"\(before)\(content)\(after)\"", .string)
            }
        }
    }

    @Test(
        "Arrays and objects",
        arguments: [
            ("[]", JSONKind.array), ("[ ]", .array), ("[1]", .array), ("[1,2]", .array),
            ("[[]]", .array),
            ("[[],[]]", .array), ("[ 1 , 2 ]", .array), ("[\"\"]", .array),
            ("[null, 1, \"1\", {}]", .array),
            ("[[   ] ]", .array), ("[{}]", .array), ("[{\"a\":[]}]", .array), ("[1\n]", .array),
            (" [] ", .array), ("[[[[[[[[]]]]]]]]", .array), ("[false,true]", .array),
            ("[-0]", .array),
            ("[2] ", .array), ("[1,null,null,null,2]", .array), ("[[1,2],[3,[4]],5]", .array),
            ("{}", .object), ("{ }", .object), ("{\"\":0}", .object), ("{\"a\":1}", .object),
            ("{\"a\":[]}", .object), ("{\"a\":{}}", .object),
            ("{\"a\":\"b\",\"a\":\"b\"}", .object),
            ("{\"a\" :\n1 , \"b\"\t: 2\r}", .object), ("{\"a\":{\"b\":{\"c\":[{}]}}}", .object),
            ("{\"foo\\u0000bar\": 42}", .object), ("{\"a\":null}", .object),
            ("\n{\"a\":-1e1}\n", .object),
            ("{\"min\": -1.0e+28, \"max\": 1.0e+28}", .object), ("{\"a\":\"}\"}", .object),
            ("{\"x\":[{\"id\":\"a,]}\"}], \"id\":\"[{\"}", .object), ("{\"\\ud83d\":1}", .object),
        ]
    )
    func container(text: String, kind: JSONKind) throws { try expect(text, kind) }

    private func expect(_ text: String, _ kind: JSONKind) throws {
        var scanner = JSONScanner()
        #expect(try scanner.scan(text) == kind, "\(text)")
    }
}
