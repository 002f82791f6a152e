import Testing
import Wire

@Suite("JSON null removal")
struct JSONNullRemovalTests {
    @Test(
        "Null members go with one comma each; every other byte stays",
        arguments: [
            // First, middle, last, several, only, all.
            (#"{"a":null,"b":1,"c":2}"#, #"{"b":1,"c":2}"#),
            (#"{"a":1,"b":null,"c":2}"#, #"{"a":1,"c":2}"#),
            (#"{"a":1,"b":2,"c":null}"#, #"{"a":1,"b":2}"#),
            (#"{"a":null,"b":null,"c":1}"#, #"{"c":1}"#),
            (#"{"a":null,"b":1,"c":null}"#, #"{"b":1}"#),
            (#"{"a":1,"b":null,"c":null}"#, #"{"a":1}"#),
            (#"{"a":1,"b":null,"c":null,"d":2,"e":null}"#, #"{"a":1,"d":2}"#),
            (#"{"a":null}"#, "{}"),
            (#"{"a":null,"b":null,"c":null}"#, "{}"),
            // Whitespace: the gap before a removed member goes with it, or the gap behind it when no
            // member before it stays.
            (#"{ "a": null, "b": 1 }"#, #"{ "b": 1 }"#),
            (#"{ "a": 1, "b": null }"#, #"{ "a": 1 }"#),
            (#"{ "a": 1 , "b" : null , "c" : 2 }"#, #"{ "a": 1 , "c" : 2 }"#),
            ("{\n  \"a\": null,\n  \"b\": 1\n}\n", "{\n  \"b\": 1\n}\n"),
            ("{\n  \"a\": 1,\n  \"b\": null\n}", "{\n  \"a\": 1\n}"),
            ("{\n  \"a\": 1,\n  \"b\": null,\n  \"c\": 2\n}", "{\n  \"a\": 1,\n  \"c\": 2\n}"),
            ("{ \"a\": null\t}", "{ \t}"),
            ("{ \"a\": null , \"b\": null\t}", "{ \t}"),
            (" \r\n{\"a\":null,\"b\":1} \t", " \r\n{\"b\":1} \t"),
            // Duplicates are looked at one by one.
            (#"{"a":null,"a":1}"#, #"{"a":1}"#),
            (#"{"a":1,"a":null}"#, #"{"a":1}"#),
            (#"{"a":null,"a":null}"#, "{}"),
            // Only null itself, only at the top.
            (#"{"a":{"b":null},"c":[null]}"#, #"{"a":{"b":null},"c":[null]}"#),
            (#"{"a":{"b":null},"c":null}"#, #"{"a":{"b":null}}"#),
            (#"{"a":"null","b":null}"#, #"{"a":"null"}"#),
            (#"{"null":0,"b":null}"#, #"{"null":0}"#),
            (#"{"a":",null,","b":null,"c":"}"}"#, #"{"a":",null,","c":"}"}"#),
            // Bytes that a parser and printer would change.
            (#"{"a":1.0,"b":1e5,"c":null,"d":"\u00e9é\/"}"#, #"{"a":1.0,"b":1e5,"d":"\u00e9é\/"}"#),
            (#"{"n\u0075ll":null,"a":12345678901234567890}"#, #"{"a":12345678901234567890}"#),
            (#"{"":null,"a":1}"#, #"{"a":1}"#),
            // Nothing to remove.
            (#"{"b" :1, "a": 2}"#, #"{"b" :1, "a": 2}"#),
            ("{}", "{}"), ("{ }", "{ }"), ("null", "null"), ("[null]", "[null]"), (" 1 ", " 1 "),
            (#"[{"a":null}]"#, #"[{"a":null}]"#),
        ]
    )
    func removal(text: String, expected: String) throws {
        var scanner = JSONScanner()
        _ = try scanner.scan(text)
        let output = scanner.removingTopLevelNulls(of: Array(text.utf8))
        #expect(String(decoding: output, as: UTF8.self) == expected)
        _ = try scanner.scan(output)
        #expect(!scanner.hasTopLevelNull)
    }

    @Test("Every pattern of null and other members leaves just the others, in order")
    func patterns() throws {
        var scanner = JSONScanner()
        for pattern in 0..<256 {
            let members = (0..<8).map { (name: "m\($0)", isNull: pattern >> $0 & 1 == 1) }
            let text = members.map { "\"\($0.name)\" : \($0.isNull ? "null" : "[0]")" }
            let kept = members.filter { !$0.isNull }.map { "\"\($0.name)\" : [0]" }
            _ = try scanner.scan("{ " + text.joined(separator: " , ") + "\t}")
            let output = scanner.removingTopLevelNulls(
                of: Array(("{ " + text.joined(separator: " , ") + "\t}").utf8)
            )
            let expected = "{ " + kept.joined(separator: " , ") + "\t}"
            #expect(String(decoding: output, as: UTF8.self) == expected)
        }
    }

    @Test("The result is appended to what is there")
    func appended() throws {
        let text = Array(#"{"a":null,"b":1}"#.utf8)
        var scanner = JSONScanner()
        _ = try scanner.scan(text)
        var output = Array("head ".utf8)
        scanner.appendRemovingTopLevelNulls(of: text.span, to: &output)
        #expect(String(decoding: output, as: UTF8.self) == #"head {"b":1}"#)
    }
}
