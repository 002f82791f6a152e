import Testing
import Wire

struct JSONStringArrayTests {
    @Test(
        arguments: [
            ([], "[]"), ([""], #"[""]"#), (["a", "b\n\"\\"], #"["a","b\n\"\\"]"#),
            (["],[", "é\u{1}"], "[\"],[\",\"é\\u0001\"]"),
        ] as [([String], String)]
    )
    func comesBack(texts: [String], json: String) {
        #expect(JSONString.array(of: texts) == Array(json.utf8))
        #expect(JSONString.strings(inArray: json.utf8.span) == texts)
    }

    @Test
    func otherElements() {
        let json = #"[1,"a",["b"],{"c":"d"},"\ud800", "e" ]"#
        #expect(JSONString.strings(inArray: json.utf8.span) == ["a", "e"])
    }

    @Test(
        arguments: [
            "", "[", "\"", "[\"a", "[\"a\\", "[\"\\x\"]", "plain", "{\"a\":\"b\"}", "[\"a\"] x",
        ]
    )
    func anythingElse(text: String) {
        #expect(JSONString.strings(inArray: text.utf8.span) == [])
    }
}
