import Testing
import Wire

@Suite("JSON scanner")
struct JSONScannerTests {
    @Test("A top-level object gives its members as ranges of the text")
    func memberLimit() throws {
        let text = Array(
            #" {"a" : "x\n" ,"b\u0061":[1,{"c":null}],"n":null, "t":true,"z":-1.5e+3} "#.utf8
        )
        var scanner = JSONScanner()
        #expect(try scanner.scan(text) == .object)
        let found = scanner.members.map { member in
            [string(text[member.key]), string(text[member.value]), "\(member.kind)"]
        }
        #expect(
            found == [
                ["a", #""x\n""#, "string"],
                [#"b\u0061"#, #"[1,{"c":null}]"#, "array"],
                ["n", "null", "null"],
                ["t", "true", "true"],
                ["z", "-1.5e+3", "number"],
            ]
        )
        #expect(scanner.members.map(\.keyHasEscapes) == [false, true, false, false, false])
        #expect(scanner.members.map(\.valueHasEscapes) == [true, false, false, false, false])
        #expect(scanner.hasTopLevelNull)
    }

    @Test("A member is found by its decoded name, and the last duplicate wins")
    func lookup() throws {
        let text = Array(#"{"type":"a","t\u0079pe":"b","é":1,"x":2}"#.utf8)
        var scanner = JSONScanner()
        _ = try scanner.scan(text)
        #expect(scanner.member("type", in: text)?.string(in: text) == "b")
        #expect(scanner.member("type", in: text)?.isString("b", in: text) == true)
        #expect(scanner.member("type", in: text)?.isString("a", in: text) == false)
        #expect(scanner.member("x", in: text)?.kind == .number)
        #expect(scanner.member("x", in: text)?.string(in: text) == nil)
        #expect(scanner.member("é", in: text) != nil)
        #expect(scanner.member("e\u{301}", in: text) == nil, "no canonical equivalence")
        #expect(scanner.member("y", in: text) == nil)
        #expect(scanner.member("typ", in: text) == nil)
    }

    @Test("Names that come at run time are compared decoded, byte for byte")
    func findsMembersByAnyName() throws {
        var scanner = JSONScanner()
        let text = Array(#"{"content":1,"cont\u0065nt":"2","e\u0301":3,"role":4,"a\ud800":5}"#.utf8)
        _ = try scanner.scan(text.span)
        func value(of name: String) -> String? {
            scanner.member(named: name, in: text.span).map {
                String(decoding: text[$0.value], as: UTF8.self)
            }
        }
        #expect(value(of: "content") == #""2""#)
        #expect(value(of: "role") == "4")
        #expect(value(of: "e\u{301}") == "3")
        #expect(value(of: "\u{e9}") == nil)
        #expect(value(of: "rol") == nil)
        #expect(value(of: "roles") == nil)
        #expect(value(of: "") == nil)
    }

    @Test("Neither a value that is no object nor a refused text leaves members behind")
    func reuse() throws {
        let object = Array(#"{"a":null}"#.utf8)
        var scanner = JSONScanner()
        #expect(try scanner.scan(object) == .object)
        #expect(scanner.members.count == 1)
        #expect(try scanner.scan(#"[{"a":null}]"#) == .array)
        #expect(scanner.members.isEmpty && !scanner.hasTopLevelNull)
        #expect(try scanner.scan(object) == .object)
        #expect(throws: JSONViolation.endsEarly(at: 10)) {
            try scanner.scan(#"{"a":null,"#)
        }
        #expect(scanner.members.isEmpty && !scanner.hasTopLevelNull)
    }

    @Test("The memory that a huge text took is given back")
    func hugeText() throws {
        let members = (0..<5000).map { "\"\($0)\":null" }.joined(separator: ",")
        var scanner = JSONScanner()
        #expect(try scanner.scan("{\(members)}") == .object)
        #expect(scanner.members.count == 5000)
        #expect(try scanner.scan("{}") == .object)
        #expect(scanner.members.capacity < 5000)
    }

    @Test("Ranges of another text are refused, not a trap")
    func otherText() throws {
        let text = Array(#"{"type":"a","b":null,"c":"d"}"#.utf8)
        let other = Array("{}".utf8)
        var scanner = JSONScanner()
        _ = try scanner.scan(text)
        let member = try #require(scanner.member("type", in: text))
        #expect(scanner.member("type", in: other) == nil)
        #expect(member.string(in: other) == nil)
        #expect(!member.isString("a", in: other))
        #expect(scanner.removingTopLevelNulls(of: other) == other)
    }

    @Test(
        "The depth limit counts open containers, the outermost included",
        arguments: [1, 2, 3, 128]
    )
    func depth(limit: Int) throws {
        var scanner = JSONScanner(depthLimit: limit)
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            let opens = String(repeating: open, count: limit)
            let closes = String(repeating: close, count: limit)
            let innermost = JSONViolation.tooDeep(at: opens.utf8.count)
            #expect(throws: Never.self) { try scanner.scan(opens + "1" + closes) }
            #expect(throws: innermost) { try scanner.scan(opens + "[]" + closes) }
            #expect(throws: innermost) { try scanner.scan(opens + "{}" + closes) }
        }
        // Siblings are not open at once.
        #expect(throws: Never.self) {
            try scanner.scan("[1" + String(repeating: ",2", count: 300) + "]")
        }
        #expect(throws: JSONViolation.tooDeep(at: limit)) {
            try scanner.scan(String(repeating: "[", count: 100_000))
        }
    }

    @Test("A depth limit of 0 allows scalars only")
    func depthZero() throws {
        var scanner = JSONScanner(depthLimit: 0)
        #expect(try scanner.scan("1") == .number)
        #expect(throws: JSONViolation.tooDeep(at: 0)) { try scanner.scan("{}") }
        #expect(throws: JSONViolation.tooDeep(at: 1)) { try scanner.scan(" []") }
    }

    @Test("Members are counted at the top level, and so many may be there")
    func members() throws {
        var scanner = JSONScanner()
        let limit = JSONScanner.maxMembers
        func object(_ count: Int) -> String {
            "{" + Array(repeating: #""a":1"#, count: count).joined(separator: ",") + "}"
        }
        #expect(try scanner.scan(object(limit)) == .object)
        #expect(scanner.members.count == limit)
        let first = JSONViolation.tooManyMembers(at: 1 + 6 * limit)
        #expect(throws: first) { try scanner.scan(object(limit + 1)) }
        #expect(scanner.members.isEmpty)
        #expect(try scanner.scan(#"{"inner":\#(object(limit + 1))}"#) == .object)
    }

    private func string(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
