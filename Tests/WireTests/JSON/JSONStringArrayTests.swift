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

    @Test(arguments: ["", "[", "\"", "[\"a", "[\"a\\", "[\"\\x\"]", "plain"])
    func anythingElse(text: String) {
        #expect(JSONString.strings(inArray: text.utf8.span) == [])
    }
}
