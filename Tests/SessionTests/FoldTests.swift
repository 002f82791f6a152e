import SeededNumbers
import Events
import Testing

@testable import Session

/// What holds for any sequence of events, sensible or not.
struct FoldTests {
    /// A conversation made of random lines.
    private static func conversation(seed: UInt64) -> Script {
        let lines = [
            "opened s", "opened new_1", "opened new_1 on_disconnect=cancel queue_messages=2",
            #"text {"type":"tool_result","call_id":"c"}"#, "text []", "text \u{0}", "binary x",
            "ping", "pong", "close 1000", "violation x", "lost x", "heartbeat", "status 200",
            "status 503", #"chunk {"type":"session_info","session_id":"a"}"#,
            #"chunk {"type":"session_info","session_id":"b"}"#, #"chunk {"x":null}"#, "chunk 5",
            #"block event: done\n\n"#, #"block data: [DONE]\n\n"#, "end",
            "failed readTimeout", "failed gatewayRestarted", "delivered 3", "unknown 200",
            "unknown 13",
        ]
        var generator = SplitMix64(seed: seed)
        var script = ["opened new_1"]
        for _ in 0..<60 { script.append(lines.randomElement(using: &generator) ?? "") }
        return Script(script.joined(separator: "\n"))
    }

    private static func fold(
        _ events: some Sequence<(header: EventHeader, body: [UInt8])>,
        from start: SessionState = SessionState()
    ) -> SessionState {
        var state = start
        var reading = EventReading()
        for (header, body) in events {
            let isFirst = state.turn?.chunks == 0
            let event = reading.read(header, body.span, isFirstChunk: isFirst)
            state.evolve(event, header, body.span)
        }
        return state
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func prefixThenRestIsAll(seed: UInt64) {
        let script = Self.conversation(seed: seed)
        let whole = Self.fold(script.events)
        #expect(whole == script.state)
        for cut in stride(from: 0, through: script.events.count, by: 7) {
            let prefix = Self.fold(script.events.prefix(cut))
            #expect(Self.fold(script.events.dropFirst(cut), from: prefix) == whole)
        }
        #expect(!script.trace.contains("??"), "\(script.trace)")
    }

    /// Whatever is in a row: numbers of any size, bodies of any bytes.
    @Test(arguments: 0..<40 as Range<UInt64>)
    func nothingTraps(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let numbers: [Int64] = [.min, -1, 0, 1, 2, 8, 9, 200, 255, 1 << 40, .max]
        let bodies = Self.conversation(seed: seed).events.map(\.body)
        var state = SessionState()
        var reading = EventReading()
        var effects: [Effect] = []
        for _ in 0..<300 {
            let header = EventHeader(
                connection: numbers.randomElement(using: &generator) ?? 0,
                ordinal: numbers.randomElement(using: &generator) ?? 0,
                cause: numbers.randomElement(using: &generator) ?? 0,
                at: numbers.randomElement(using: &generator) ?? 0,
                kind: UInt8.random(in: 0...20, using: &generator),
                version: UInt8.random(in: 0...2, using: &generator),
                detail: numbers.randomElement(using: &generator) ?? 0
            )
            var body = bodies.randomElement(using: &generator) ?? []
            if !body.isEmpty, Bool.random(using: &generator) {
                body[Int.random(in: body.indices, using: &generator)] = UInt8.random(
                    in: 0...255,
                    using: &generator
                )
            }
            let isFirst = state.turn?.chunks == 0
            let event = reading.read(header, body.span, isFirstChunk: isFirst)
            effects.removeAll()
            state.decide(event, header, body.span, &effects)
            state.evolve(event, header, body.span)
        }
        #expect(state.anomalies.count <= SessionState.anomalyLimit)
    }
}
