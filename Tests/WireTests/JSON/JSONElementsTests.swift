import Testing

@testable import Wire

struct JSONElementsTests {
    private func elements(_ text: String, depthLimit: Int = 128) throws -> [String]? {
        var scanner = JSONScanner(depthLimit: depthLimit)
        var found: [String] = []
        let bytes = Array(text.utf8)
        let isArray = try scanner.forEachElement(ofArray: bytes.span) { element, kind in
            let text = element.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
            found.append("\(kind) \(text)")
        }
        #expect(scanner.members.isEmpty || !isArray)
        return isArray ? found : nil
    }

    @Test(
        "The elements of an array, in order, without the whitespace around them",
        arguments: [
            ("[]", []), (" [ ] ", []), ("[1]", ["number 1"]),
            (
                "\n[ \"a,]\" ,[1, 2],\t{\"b\":[]} ,null,true,false,-1e5,[]]\r",
                [
                    "string \"a,]\"", "array [1, 2]", "object {\"b\":[]}", "null null", "true true",
                    "false false", "number -1e5", "array []",
                ]
            ),
            ("[[[[]]]]", ["array [[[]]]"]), (#"["\"",""]"#, [#"string "\"""#, #"string """#]),
        ] as [(String, [String])]
    )
    func array(text: String, expected: [String]) throws {
        #expect(try elements(text) == expected)
    }

    @Test("Other values have none", arguments: ["{}", #"{"a":[1]}"#, "1", "\"[1]\"", "null"])
    func otherValues(text: String) throws {
        #expect(try elements(text) == nil)
    }

    @Test(
        "Of a text that is not JSON no element is told",
        arguments: [
            ("[1,2", .endsEarly(at: 4)), ("[1,]", .unexpectedCharacter(at: 3)),
            ("[1 2]", .unexpectedCharacter(at: 3)), ("[1]]", .trailingText(at: 3)),
            ("", .noValue(at: 0)), ("[,1]", .unexpectedCharacter(at: 1)), ("[", .endsEarly(at: 1)),
        ] as [(String, JSONViolation)]
    )
    func refused(text: String, expected: JSONViolation) {
        var scanner = JSONScanner()
        var count = 0
        let bytes = Array(text.utf8)
        #expect(throws: expected) {
            try scanner.forEachElement(ofArray: bytes.span) { _, _ in count += 1 }
        }
        #expect(count == 0)
    }

    @Test("The array counts as open")
    func depth() throws {
        #expect(try elements("[[1]]", depthLimit: 2) == ["array [1]"])
        #expect(throws: JSONViolation.tooDeep(at: 1)) { try elements("[[1]]", depthLimit: 1) }
    }
}
