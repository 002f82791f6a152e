import SeededNumbers
import Events
import Session
import Testing

@testable import Postmortem

struct SearchTests {
    private static func matches(_ pattern: String, _ text: [UInt8], ignoresCase: Bool = false)
        throws
        -> Bool
    {
        try BytePattern(pattern, ignoresCase: ignoresCase).matches(text.span)
    }

    @Test(
        arguments: [
            ("", "", true), ("", "x", true), ("abc", "abc", true), ("abc", "xxabcx", true),
            ("abc", "ab", false), ("abc", "ababac", false), ("aab", "aaab", true),
            ("a", "", false), ("Привет", "{Привет!}", true), ("Привет", "привет", false),
            ("a.c", "xabc", true), ("^b$", "a\nb\nc", true), ("a.b", "a\nb", false),
            ("(ab|cd)+e", "abcde", true), ("[0-9]{3}", "a12b", false), ("a|", "x", true),
            ("\\.", "a.b", true), ("\\.", "ab", false), ("x*", "", true), ("^$", "", true),
        ]
    )
    func patterns(pattern: String, text: String, isThere: Bool) throws {
        #expect(try Self.matches(pattern, Array(text.utf8)) == isThere)
    }

    @Test func bytesThatAreNoText() throws {
        let bytes: [UInt8] = [0, 0xFF, 0, 0x61, 0x62, 0x63, 0, 0xC3]
        #expect(try Self.matches("abc", bytes))
        #expect(try Self.matches("a[b]c", bytes))
        #expect(try !Self.matches("a[b]c$", bytes))
        #expect(try Self.matches("ABC", bytes, ignoresCase: true))
        #expect(try !Self.matches("ABC", bytes))
    }

    /// A plain text is found wherever it is, as by any other search.
    @Test func findsAsOthersDo() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                UInt8.random(in: 97...98, using: &random)
            }
            let part = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                UInt8.random(in: 97...98, using: &random)
            }
            let isThere = (0...text.count).contains { text[$0...].starts(with: part) }
            let isFound = ByteSearch(part).isIn(text.span)
            #expect(isFound == isThere, "\(part) in \(text)")
        }
    }

    @Test(arguments: ["(", "[a", "a{2,1}", "*)", "[[:nope:]]", "a\0b"])
    func badPatterns(pattern: String) {
        #expect {
            _ = try BytePattern(pattern)
        } throws: { error in
            (error as? BytePattern.Violation)?.description.isEmpty == false
        }
    }

    @Test(
        arguments: [
            (EventKind.chunkReceived, #"data: {"type":"x"}"#, true),
            (.chunkReceived, #"data:{"type":"\u0078"}"#, true),
            (.chunkReceived, "data: {\ndata: \"type\":\"x\"}\n\n", true),
            (.chunkReceived, "\u{FEFF}data: {\"type\":\"x\"}\n\n", true),
            (.chunkReceived, #"data: {"type":"y","a":"x"}"#, false),
            (.chunkReceived, #"data: {"a":{"type":"x"}}"#, false),
            (.chunkReceived, #": {"type":"x"}"#, false),
            (.chunkReceived, #"data: {"type":"x""#, false),
            (.frameReceived, #"{"type":"x"}"#, true),
            (.frameReceived, #"{"type":7,"x":"x"}"#, false),
            (.frameRejected, #"{"type":"x","content":""}"#, true),
            (.requestSent, #"{"type":"x"}"#, false),
            (.connectionOpened, #"{"type":"x"}"#, false),
        ]
    )
    func types(kind: EventKind, body: String, isThere: Bool) {
        var pattern = TypePattern("x")
        let detail: Int64 = kind == .frameReceived ? 1 : 0
        let header = EventHeader(kind, connection: 1, ordinal: 1, at: 0, detail: detail)
        let isFound = pattern.matches(header, Array(body.utf8).span)
        #expect(isFound == isThere)
    }

    /// A type of the peer's choosing can be written in other ways than a plain one.
    @Test func typesThatNeedEscapes() {
        for (type, spelled) in [("a/b", #"a\/b"#), ("a\"b", #"a\"b"#), ("a\nb", #"a\nb"#)] {
            var pattern = TypePattern(type)
            let header = EventHeader(.chunkReceived, connection: 1, ordinal: 1, at: 0)
            let body = Array("data: {\"type\":\"\(spelled)\"}\n\n".utf8)
            let isFound = pattern.matches(header, body.span)
            #expect(isFound, "\(type)")
        }
    }

    /// Whatever a row holds, it makes nine columns that a terminal can be shown.
    @Test(arguments: UInt8.min...20)
    func anyKind(kind: UInt8) {
        var reading = EventReading()
        var payloads = PayloadReading()
        for body in [[], [0x1B, 0x5B, 0x09, 0x0A, 0xFF], Array(#"{"type":"\t\u001b"}"#.utf8)] {
            for detail in [Int64.min, 0, 1, .max] {
                let header = EventHeader(
                    connection: .min,
                    ordinal: .max,
                    cause: -1,
                    at: .max,
                    kind: kind,
                    detail: detail
                )
                let found = FoundEvent(position: -1, header, body.span, &reading, &payloads)
                #expect(found.columns.count == 9)
                #expect(found.columns.allSatisfy { !$0.isEmpty })
                let line = found.columns.joined()
                #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control })
                #expect(found.json.first == UInt8(ascii: "{"))
            }
        }
    }
}
