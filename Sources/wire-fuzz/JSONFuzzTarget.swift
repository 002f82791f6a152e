import SeededNumbers
import Wire

/// The JSON scanner. It looks at whole texts, so instead of cuts its results are turned against it.
struct JSONFuzzTarget: FuzzTarget {
    static let name = "json"

    static let samples = [
        #"{"type":"assistant_message","token":"Hi","is_final":false,"session_id":null,"error":null}"#,
        #"{"type":"session_info","session_id":"abc-123","is_final":false}"#,
        #" {"a" : null , "b":[1,-0.5e+3,{"c":null,"d":[[],{}]}],"n\u0075ll":null,"t":true} "#,
        #"{"text":"Привет, 🆔 日本 é\u2028 \ud83d\ude00 \ud83d \" \\ \/ \b\f\n\r\t"}"#,
        "{\n  \"a\": null,\n  \"b\": 1,\n  \"c\": null\n}\n",
        "[1,2.25,-3e-7,[[[[[[]]]]]],\"x\",{\"y\":{\"z\":{}}},false,null]",
        "\"just a string, long enough for several words\"", "-12.5E+10", "null", " {} ",
    ].map { Array($0.utf8) }

    static let interestingBytes: [UInt8] =
        Array("{}[]:,\"\\/ntfue0-+.E \n".utf8) + [0x00, 0x1F, 0x7F, 0x80, 0xC0, 0xED, 0xF4, 0xFF]

    private var scanner = JSONScanner(depthLimit: 8)
    private var second = JSONScanner(depthLimit: 8)

    mutating func feed(_ input: Span<UInt8>, random: inout SplitMix64) -> FuzzOutcome {
        let kind: JSONKind
        do throws(JSONViolation) {
            kind = try scanner.scan(input)
        } catch {
            guard 0...input.count ~= error.offset else { return .mismatch("offset out of bounds") }
            return scanner.members.isEmpty ? .violation : .mismatch("members of a refused text")
        }
        return checkMembers(of: input) ?? checkElements(of: input, kind)
            ?? checkRemoval(of: input, kind) ?? .value
    }

    /// Every member's value is a text of its own, of the kind the member has.
    private mutating func checkMembers(of input: Span<UInt8>) -> FuzzOutcome? {
        for member in scanner.members {
            _ = JSONString.decode(input.extracting(member.key))
            _ = member.string(in: input)
            guard (try? second.scan(input.extracting(member.value))) == member.kind else {
                return .mismatch("a member's value is of another kind")
            }
        }
        return nil
    }

    /// Every element of an array is a text of its own, of the kind the element has.
    private mutating func checkElements(of input: Span<UInt8>, _ kind: JSONKind) -> FuzzOutcome? {
        var third = JSONScanner(depthLimit: 8)
        var isSame = true
        let isArray = try? second.forEachElement(ofArray: input) { element, kind in
            if (try? third.scan(element)) != kind { isSame = false }
        }
        guard isArray == (kind == .array) else { return .mismatch("an array is none") }
        return isSame ? nil : .mismatch("an element is of another kind")
    }

    /// Removing nulls leaves a text with all other members and no top-level null.
    private mutating func checkRemoval(of input: Span<UInt8>, _ kind: JSONKind) -> FuzzOutcome? {
        var output: [UInt8] = []
        scanner.appendRemovingTopLevelNulls(of: input, to: &output)
        guard (try? second.scan(output.span)) == kind else {
            return .mismatch("removing nulls changes the kind")
        }
        let kept = scanner.members.filter { $0.kind != .null }
        guard kept.map(\.kind) == second.members.map(\.kind) else {
            return .mismatch("removing nulls changes the other members")
        }
        if !scanner.hasTopLevelNull && output.count != input.count {
            return .mismatch("a text without nulls is changed")
        }
        return nil
    }
}
