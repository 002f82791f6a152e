import Events
import Session
import Testing

/// PROTOCOL §2 and §3: what of the agent's answer reaches the IDE, and as what.
struct ChunkTests {
    private static let head = #"""
        opened s
          accept
        text {"type":"tool_result","call_id":"c"}
          post of frame 2 {"session_id":"s","message":{"type":"tool_result","call_id":"c"}}
        """#

    @Test(
        arguments: [
            (#"{"type":"x","a":null,"b":1}"#, #"{"type":"x","b":1}"#),
            (#"{"a":null,"type":"x"}"#, #"{"type":"x"}"#),
            (#"{"a":null}"#, "{}"),
            ("{}", "{}"),
            (#"{"a":{"b":null},"c":[null]}"#, #"{"a":{"b":null},"c":[null]}"#),
            (#"{"a":1.0,"b":1E2,"c":"\u00e9\/"}"#, #"{"a":1.0,"b":1E2,"c":"\u00e9\/"}"#),
            (#"{"a":"U+2028:\#u{2028}U+2029:\#u{2029}U+0085:\#u{85}"}"#, nil),
            (#"{"type":"never_heard_of","deep":[[[]]]}"#, nil),
            (#"{"type":7}"#, nil),
            (
                #"{"type":"error","content":"e","session_id":null}"#,
                #"{"type":"error","content":"e"}"#
            ),
        ] as [(String, String?)]
    )
    func forwarded(data: String, frame: String?) {
        let script = """
            \(Self.head)
            chunk \(data)
              forward \(frame ?? data)
            """
        #expect(Script.run(script) == script)
    }

    /// Parsed by the WHATWG rules, not by line prefixes.
    @Test(
        arguments: [
            #"data:{"a":1}\n\n"#, #"data: {"a":1}\r\n\r\n"#, #"data: {"a":1}\r\r"#,
            #"\bdata: {"a":1}\n\n"#, #"event: message\nid: 7\nretry: 5\ndata: {"a":1}\n\n"#,
            #": comment\ndata: {"a":1}\nunknown: x\n\n"#,
        ]
    )
    func forwardedWhateverTheForm(block: String) {
        let script = """
            \(Self.head)
            block \(block)
              forward {"a":1}
            """
        #expect(Script.run(script) == script)
    }

    @Test func severalDataLinesAreJoined() {
        let trace = Script.run(Self.head + "\n" + #"block data: {"a":\ndata: 1}\n\n"#)
        #expect(trace.hasSuffix("  forward {\"a\":\n1}"), "\(trace)")
    }

    /// WHATWG HTML §9.2.5 decodes the answer: a wrong byte costs itself, not the event that it is in.
    @Test func whatIsNoUTF8IsReplaced() throws {
        let start = #"data: {"type":"session_info","session_id":"q","n":null,"c":"a"#
        let body = Array(start.utf8) + [0xFF] + Array("b\"}\n\n".utf8)
        let header = EventHeader(.chunkReceived, connection: 1, ordinal: 1, at: 0)
        var reading = EventReading()
        let event = reading.read(header, body.span, isFirstChunk: true)
        let id = try #require(SessionID("q"))
        guard case .chunkReceived(let chunk) = event else { Issue.record("\(event)"); return }
        #expect(chunk.content == .sessionInfo(.id(id)))
        var frame: [UInt8] = []
        reading.appendForwarded(body.span, to: &frame)
        let wanted = #"{"type":"session_info","session_id":"q","c":"a\#u{FFFD}b"}"#
        #expect(String(decoding: frame, as: UTF8.self) == wanted)
        // What comes after it is read for itself.
        let next = Array("data: {\"n\":null}\n\n".utf8)
        _ = reading.read(header, next.span, isFirstChunk: false)
        frame = []
        reading.appendForwarded(next.span, to: &frame)
        #expect(String(decoding: frame, as: UTF8.self) == "{}")
    }

    /// A byte order mark counts only where the answer begins.
    @Test func markOnlyAtTheBeginning() {
        let script = #"""
            \#(Self.head)
            block \bdata: {"a":1}\n\n
              forward {"a":1}
            block \bdata: {"a":2}\n\n
            """#
        #expect(Script.run(script) == script)
    }

    @Test(arguments: [#": keep-alive\n\n"#, #"\n"#, #"event: ping\n\n"#, #"id: 1\n\n"#, ""])
    func blocksWithoutData(block: String) {
        let script = """
            \(Self.head)
            block \(block)
            state
              session s; turn of frame 2, chunks 1; waiting 0
            """
        #expect(Script.run(script) == script)
    }

    @Test func doneEventEndsTheTurn() {
        let script = #"""
            \#(Self.head)
            text {"type":"tool_result","call_id":"d"}
            block event: done\ndata: {"a":1}\n\n
              forward {"a":1}
              end turn doneEvent
              confirm delivery
              post of frame 4 {"session_id":"s","message":{"type":"tool_result","call_id":"d"}}
            block data: [DONE]\n\n
              end turn doneData
              confirm delivery
            block data: {"late":1}\n\n
            state
              session s; turn none; waiting 0
              anomaly at 10: outOfPlace("chunk outside a turn")
            """#
        #expect(Script.run(script) == script)
    }

    /// The deliberate difference of §3: complete JSON at the end of the body counts.
    @Test func unterminatedSessionInfoBinds() {
        let script = #"""
            opened new_1
              accept
            text {"type":"tool_result","call_id":"c"}
              post of frame 2 {"message":{"type":"tool_result","call_id":"c"}}
            unterminated data: {"type":"session_info","session_id":"abc"}
              forward {"type":"session_info","session_id":"abc"}
              confirm delivery at once
            end
              confirm delivery
            state
              session abc; turn none; waiting 0
            """#
        #expect(Script.run(script) == script)
    }

    /// What looks like a session_info and is none.
    @Test(
        arguments: [
            #"{"type":"Session_info","session_id":"x"}"#,
            #"{"data":{"type":"session_info","session_id":"x"}}"#,
            #"{"type":"assistant_message","session_id":"x"}"#,
            #"{"type":"session_info","type":"status","session_id":"x"}"#,
        ]
    )
    func bindsNothing(data: String) {
        let script = #"""
            opened new_1
              accept
            text {"type":"tool_result","call_id":"c"}
              post of frame 2 {"message":{"type":"tool_result","call_id":"c"}}
            chunk \#(data)
              forward \#(data)
            state
              temporary new_1; turn of frame 2, chunks 1; waiting 0
            """#
        #expect(Script.run(script) == script)
    }

    @Test func escapedSessionInfoBinds() {
        let trace = Script.run(
            "\(Self.head)\n"
                + #"chunk {"\u0074ype":"session\u005finfo","session_id":"\u0078y"}"# + "\nstate"
        )
        #expect(trace.contains("  session xy; turn"), "\(trace)")
    }
}
