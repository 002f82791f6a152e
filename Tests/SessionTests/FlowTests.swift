import Testing

@testable import Session

/// Bounds and clocks.
struct FlowTests {
    private static let message = #"text {"type":"tool_result","call_id":"c"}"#

    @Test(arguments: [1, 2, 16])
    func queueIsBoundedByMessages(limit: Int) {
        var script = "opened s queue_messages=\(limit)\n\(Self.message)"
        for count in 0..<limit {
            #expect(Script(script).state.acceptsFrames, "\(count) waiting")
            script += "\n" + Self.message
        }
        #expect(!Script(script).state.acceptsFrames)
        script += "\nend"
        #expect(Script(script).state.acceptsFrames)
    }

    /// The bound may be passed by one message, so that a big one can go at all.
    @Test func queueIsBoundedByBytes() {
        var script = "opened s queue_bytes=50\n\(Self.message)\n\(Self.message)"
        #expect(Script(script).state.acceptsFrames)
        script += "\n" + Self.message
        let full = Script(script).state
        #expect(!full.acceptsFrames)
        #expect(full.waitingBytes == full.waiting.map(\.text.count).reduce(0, +))
        let drained = Script(script + "\nend\nend").state
        #expect(drained.acceptsFrames)
        #expect(drained.waitingBytes == 0)
    }

    @Test func unansweredHeartbeatsClose() {
        let script = """
            opened s missed_heartbeats=2
              accept
            heartbeat
              ping
            heartbeat
              ping
            heartbeat
              close 1011 by gateway: no answer to 2 heartbeats
            heartbeat
            """
        #expect(Script.run(script) == script)
    }

    @Test(arguments: ["pong", "ping\n  pong", "text x\n  reject"])
    func anyFrameAnswersAHeartbeat(frame: String) {
        let line = frame.split(separator: "\n")[0]
        let trace = Script.run(
            "opened s missed_heartbeats=1\nheartbeat\n\(line)\nheartbeat\nheartbeat"
        )
        #expect(trace.components("  ping").count == 2, "\(trace)")
        #expect(trace.components("close 1011").count == 1, "\(trace)")
    }

    /// Who is not read cannot be heard.
    @Test func aFullQueueDoesNotClose() {
        let trace = Script.run(
            """
            opened s missed_heartbeats=1 queue_messages=1
            \(Self.message)
            \(Self.message)
            heartbeat
            heartbeat
            heartbeat
            """
        )
        #expect(!trace.contains("close"), "\(trace)")
    }

    @Test func deliveryOnlyGrows() {
        #expect(Script("opened s\ndelivered 5\ndelivered 3").state.deliveredThrough == 5)
    }

    @Test func anomaliesAreBounded() {
        let state = Script(String(repeating: "unknown 99\n", count: 500)).state
        #expect(state.anomalyCount == 500)
        #expect(state.anomalies.count == SessionState.anomalyLimit)
    }
}

extension String {
    /// The lines that contain a text.
    fileprivate func components(_ text: String) -> [Substring] {
        split(separator: "\n").filter { $0.contains(text) }
    }
}
