import Testing

@testable import Postmortem

/// Recorded ids and those of the live system.
struct IDMappingTests {
    private static func rewritten(_ json: String, _ mapping: IDMapping) -> String {
        String(decoding: mapping.rewritten(Array(json.utf8)), as: UTF8.self)
    }

    private static var mapping: IDMapping {
        var mapping = IDMapping()
        mapping.learn(
            recorded: Array(#"{"type":"session_info","session_id":"old"}"#.utf8),
            found: Array(#"{"session_id":"n\"ew"}"#.utf8)
        )
        mapping.learn("call", "call-2")
        return mapping
    }

    @Test(
        arguments: [
            (#"{"session_id":"old"}"#, #"{"session_id":"n\"ew"}"#),
            (#"{ "session_id" : "ol\u0064" , "x":1.50}"#, #"{ "session_id" : "n\"ew" , "x":1.50}"#),
            (
                #"{"message":{"call_id":"call","a":[]}}"#,
                #"{"message":{"call_id":"call-2","a":[]}}"#
            ),
            (
                #"{"content":"old","session_id":"another"}"#,
                #"{"content":"old","session_id":"another"}"#
            ),
            (#"{"session_id":null}"#, #"{"session_id":null}"#), ("[\"old\"]", "[\"old\"]"),
            ("no JSON", "no JSON"), ("", ""),
        ]
    )
    func onlyIDsAreReplaced(json: String, expected: String) {
        #expect(Self.rewritten(json, Self.mapping) == expected)
    }

    @Test func theFirstWordCounts() {
        var mapping = Self.mapping
        mapping.learn("old", "third")
        #expect(mapping["old"] == "n\"ew")
        #expect(mapping["unknown"] == "unknown")
    }

    @Test func nestingHasAnEnd() {
        let deep =
            String(repeating: #"{"a":"#, count: 100) + "1" + String(repeating: "}", count: 100)
        #expect(Self.rewritten(deep, Self.mapping) == deep)
    }
}
