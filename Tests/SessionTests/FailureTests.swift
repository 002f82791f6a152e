import Testing

/// What goes wrong, and what PROTOCOL §7 says the old gateway got wrong.
struct FailureTests {
    /// §7 item 1: the id is kept whatever becomes of the answer.
    @Test(
        arguments: [
            ("failed brokenStream connection reset", "Streaming error: connection reset"),
            ("failed readTimeout silent for 60 s", "Streaming error: silent for 60 s"),
            ("failed malformedResponse", "Streaming error: malformedResponse"),
        ]
    )
    func idOutlivesABrokenAnswer(line: String, content: String) {
        let script = #"""
            opened new_1
              accept
            text {"type":"tool_result","call_id":"c1"}
              post of frame 2 {"message":{"type":"tool_result","call_id":"c1"}}
            chunk {"type":"session_info","session_id":"abc"}
              forward {"type":"session_info","session_id":"abc"}
              confirm delivery at once
            \#(line)
              send {"type":"error","content":"\#(content)"}
              confirm delivery
            text {"type":"tool_result","call_id":"c2"}
              post of frame 6 {"session_id":"abc","message":{"type":"tool_result","call_id":"c2"}}
            """#
        #expect(Script.run(script) == script)
    }

    /// §7 item 6: what comes after the IDE has left is on record, and still binds.
    @Test func answerGoesOnWithoutTheIDE() {
        let script = #"""
            opened new_1
              accept
            text {"type":"tool_result","call_id":"c1"}
              post of frame 2 {"message":{"type":"tool_result","call_id":"c1"}}
            lost connection reset
            chunk {"type":"session_info","session_id":"late"}
            chunk {"type":"assistant_message"}
            state
              session late; turn of frame 2, chunks 2; waiting 0
            end
            state
              session late; turn none; waiting 0
            """#
        #expect(Script.run(script) == script)
    }

    @Test func cancelsWhenTheIDELeavesIfAsked() {
        let script = #"""
            opened s on_disconnect=cancel
              accept
            text {"type":"tool_result","call_id":"c1"}
              post of frame 2 {"session_id":"s","message":{"type":"tool_result","call_id":"c1"}}
            text {"type":"tool_result","call_id":"c2"}
            close 1001
              close 1001 by ide
              cancel request
            state
              session s; turn none; waiting 0
              anomaly at 6: messagesDropped(1)
            """#
        #expect(Script.run(script) == script)
    }

    /// §7 item 7: an odd frame gets an error and the conversation goes on.
    @Test func oddFramesDoNotEndTheConversation() {
        let script = #"""
            opened s
              accept
            text []
              reject {"type":"error","content":"Invalid JSON: a message must be an object"}
            binary x
              reject {"type":"error","content":"Invalid JSON: a message must be a text frame, not binary"}
            text {"type":"tool_result","call_id":"c1"}
              post of frame 6 {"session_id":"s","message":{"type":"tool_result","call_id":"c1"}}
            """#
        #expect(Script.run(script) == script)
    }

    /// §7 item 8: odd data does not end the turn.
    @Test(arguments: ["[1,2]", "5", "null", "\"text\"", "{broken", ""])
    func dataThatIsNoObjectIsPassedOver(data: String) {
        let script = #"""
            opened s
              accept
            text {"type":"tool_result","call_id":"c1"}
              post of frame 2 {"session_id":"s","message":{"type":"tool_result","call_id":"c1"}}
            chunk \#(data)
            chunk {"type":"done"}
              forward {"type":"done"}
            end
              confirm delivery
            state
              session s; turn none; waiting 0
              anomaly at 4: dataNotAnObject
            """#
        #expect(Script.run(script) == script)
    }

    @Test(
        arguments: [
            ("status 500", "failed status internal", "Agent error: 500"),
            ("status 429", "failed status", "Agent error: 429"),
            ("status 200", "failed notEventStream text/html", "Streaming error: text/html"),
            ("state", "failed connectFailed refused", "Streaming error: refused"),
            ("state", "failed connectTimeout", "Streaming error: connectTimeout"),
            ("state", "failed resolveFailed no host", "Streaming error: no host"),
        ]
    )
    func errorsHaveAText(head: String, failure: String, content: String) {
        let opening = #"""
            opened s
            text {"type":"tool_result","call_id":"c1"}
            text {"type":"tool_result","call_id":"c2"}
            """#
        let trace = Script.run("\(opening)\n\(head)\n\(failure)")
        let end = #"""
            \#(failure)
              send {"type":"error","content":"\#(content)"}
              confirm delivery
              post of frame 4 {"session_id":"s","message":{"type":"tool_result","call_id":"c2"}}
            """#
        #expect(trace.hasSuffix(end), "\(trace)")
    }

    @Test func nothingIsPostedWhenTheGatewayStops() {
        let script = #"""
            opened s
              accept
            text {"type":"tool_result","call_id":"c1"}
              post of frame 2 {"session_id":"s","message":{"type":"tool_result","call_id":"c1"}}
            text {"type":"tool_result","call_id":"c2"}
            failed gatewayStopping stopping
              send {"type":"error","content":"Streaming error: stopping"}
              confirm delivery
            """#
        #expect(Script.run(script) == script)
    }

    /// What recovery writes after a crash leads to nothing: there is no socket any more.
    @Test func nothingIsDoneAboutWhatRecoveryRecords() {
        let script = #"""
            opened s
              accept
            text {"type":"tool_result","call_id":"c1"}
              post of frame 2 {"session_id":"s","message":{"type":"tool_result","call_id":"c1"}}
            text {"type":"tool_result","call_id":"c2"}
            failed gatewayRestarted gateway restarted
            lost gateway restarted
            state
              session s; turn none; waiting 0
              anomaly at 6: messagesDropped(1)
            """#
        #expect(Script.run(script) == script)
    }

    @Test func violationCloses() {
        let script = #"""
            opened s
              accept
            violation reserved bits are set
              close 1002 by gateway: reserved bits are set
            text {"type":"tool_result","call_id":"c1"}
            state
              session s; turn none; waiting 0
              anomaly at 4: outOfPlace("frame while not open")
            """#
        #expect(Script.run(script) == script)
    }

    @Test(arguments: [("close 1000", 1000), ("close", 1005), ("close 4001", 4001)])
    func closeIsAnswered(line: String, code: Int) {
        let script = """
            opened s
              accept
            \(line)
              close \(code) by ide
            """
        #expect(Script.run(script) == script)
    }

    @Test func contradictionsBecomeAnomalies() {
        let script = #"""
            chunk {"type":"x"}
            end
            status 200
            text {"type":"tool_result","call_id":"c1"}
            opened s
              accept
            opened t
              accept
            unknown 99
            unknown 1
            lost x
            lost y
            state
              session s; turn none; waiting 0
              anomaly at 1: outOfPlace("chunk outside a turn")
              anomaly at 2: outOfPlace("end of an answer without a request")
              anomaly at 3: outOfPlace("response without a request")
              anomaly at 4: outOfPlace("frame while not open")
              anomaly at 6: outOfPlace("opened twice")
              anomaly at 7: unreadable(kind: 99)
              anomaly at 8: unreadable(kind: 1)
              anomaly at 10: outOfPlace("closed when not open")
            """#
        #expect(Script.run(script) == script)
    }
}
