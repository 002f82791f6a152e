import Testing

/// The conversation of PROTOCOL §1, with the operators' log lines of §6.
struct ConversationTests {
    @Test func newDialogue() {
        let script = #"""
            opened new_1234567890
              accept
              INFO: [new_1234567890] Temporary session ID detected, will create new session
              INFO: [new_1234567890] WebSocket connected (temp=True)
            text {"type":"user_message","role":"user","content":"Привет!"}
              INFO: [new_1234567890] Received user_message: role=user
              INFO: [new_1234567890] Temporary session - NOT sending session_id to Agent Runtime
              post of frame 2 {"message":{"type":"user_message","role":"user","content":"Привет!"}}
            status 200
            chunk {"type":"session_info","session_id":"abc-123","is_final":false}
              INFO: [new_1234567890] 🆔 Received session_info chunk: session_id=abc-123
              INFO: [new_1234567890] Session ID updated: new_1234567890 -> abc-123
              forward {"type":"session_info","session_id":"abc-123","is_final":false}
              confirm delivery
            state
              session abc-123; turn of frame 2, chunks 1; waiting 0
            chunk {"type":"assistant_message","token":"Hi","is_final":true}
              forward {"type":"assistant_message","token":"Hi","is_final":true}
            end
              confirm delivery
            text {"type":"user_message","role":"user","content":"again"}
              INFO: [abc-123] Received user_message: role=user
              INFO: [abc-123] Sending session_id to Agent Runtime
              post of frame 8 {"session_id":"abc-123","message":{"type":"user_message","role":"user","content":"again"}}
            status 200
            chunk {"type":"session_info","session_id":"abc-123","is_final":false}
              INFO: [abc-123] 🆔 Received session_info chunk: session_id=abc-123
            chunk {"type":"done"}
              forward {"type":"done"}
            end
              confirm delivery
            close 1000
              close 1000 by ide
              INFO: [abc-123] WebSocket disconnected
            state
              session abc-123; turn none; waiting 0
            """#
        #expect(Script.run(script, log: true) == script)
    }

    @Test func existingSession() {
        let script = #"""
            opened abc-123
              accept
              INFO: [abc-123] WebSocket connected (temp=False)
            text {"type":"user_message","role":"user","content":"Hi"}
              INFO: [abc-123] Received user_message: role=user
              INFO: [abc-123] Sending session_id to Agent Runtime
              post of frame 2 {"session_id":"abc-123","message":{"type":"user_message","role":"user","content":"Hi"}}
            chunk {"type":"session_info","session_id":"abc-123"}
              INFO: [abc-123] 🆔 Received session_info chunk: session_id=abc-123
            end
              confirm delivery
            """#
        #expect(Script.run(script, log: true) == script)
    }

    @Test func everySessionInfoWhenAsked() {
        let script = #"""
            opened abc-123 session_info=always
              accept
            text {"type":"tool_result","call_id":"c1"}
              post of frame 2 {"session_id":"abc-123","message":{"type":"tool_result","call_id":"c1"}}
            chunk {"type":"session_info","session_id":"abc-123"}
              forward {"type":"session_info","session_id":"abc-123"}
              confirm delivery
            """#
        #expect(Script.run(script) == script)
    }

    @Test func anotherSessionRebinds() {
        let script = #"""
            opened abc-123
              accept
            text {"type":"tool_result","call_id":"c1"}
              post of frame 2 {"session_id":"abc-123","message":{"type":"tool_result","call_id":"c1"}}
            chunk {"type":"session_info","session_id":"xyz"}
              forward {"type":"session_info","session_id":"xyz"}
              confirm delivery
            end
              confirm delivery
            text {"type":"tool_result","call_id":"c2"}
              post of frame 6 {"session_id":"xyz","message":{"type":"tool_result","call_id":"c2"}}
            state
              session xyz; turn of frame 6, chunks 0; waiting 0
              anomaly at 4: conflictingSessionInfo(from: "abc-123", to: "xyz")
            """#
        #expect(Script.run(script) == script)
    }

    @Test func sessionInfoThatBindsNothing() {
        let script = #"""
            opened new_1
              accept
            text {"type":"tool_result","call_id":"c1"}
              post of frame 2 {"message":{"type":"tool_result","call_id":"c1"}}
            chunk {"type":"session_info","session_id":"new_2"}
              forward {"type":"session_info","session_id":"new_2"}
              confirm delivery
            chunk {"type":"session_info","session_id":null}
              forward {"type":"session_info"}
              confirm delivery
            chunk {"type":"session_info","session_id":""}
              forward {"type":"session_info","session_id":""}
              confirm delivery
            chunk {"type":"session_info","session_id":7}
              forward {"type":"session_info","session_id":7}
              confirm delivery
            end
              confirm delivery
            text {"type":"tool_result","call_id":"c2"}
              post of frame 9 {"message":{"type":"tool_result","call_id":"c2"}}
            state
              temporary new_1; turn of frame 9, chunks 0; waiting 0
              anomaly at 4: sessionInfoWithTemporaryID("new_2")
              anomaly at 5: sessionInfoWithoutID
              anomaly at 6: sessionInfoWithoutID
              anomaly at 7: sessionInfoWithoutID
            """#
        #expect(Script.run(script) == script)
    }

    /// §4: a second message is never posted before the first one's session_info had its chance.
    @Test func turnsRunOneAfterTheOther() {
        let script = #"""
            opened new_1
              accept
            text {"type":"tool_result","call_id":"c1"}
              post of frame 2 {"message":{"type":"tool_result","call_id":"c1"}}
            text {"type":"tool_result","call_id":"c2"}
            text {"type":"tool_result","call_id":"c3"}
            state
              temporary new_1; turn of frame 2, chunks 0; waiting 2
            chunk {"type":"session_info","session_id":"s"}
              forward {"type":"session_info","session_id":"s"}
              confirm delivery
            end
              confirm delivery
              post of frame 4 {"session_id":"s","message":{"type":"tool_result","call_id":"c2"}}
            end
              confirm delivery
              post of frame 5 {"session_id":"s","message":{"type":"tool_result","call_id":"c3"}}
            state
              session s; turn of frame 5, chunks 0; waiting 0
            """#
        #expect(Script.run(script) == script)
    }

    /// A 200 without any event is legal, and told apart in the log.
    @Test func emptyAnswer() {
        let script = #"""
            opened s
              accept
              INFO: [s] WebSocket connected (temp=False)
            text {"type":"tool_result","call_id":"c1"}
              INFO: [s] Received tool_result: call_id=c1
              INFO: [s] Sending session_id to Agent Runtime
              post of frame 2 {"session_id":"s","message":{"type":"tool_result","call_id":"c1"}}
            status 200
            end
              INFO: [s] The agent's answer held no event
              confirm delivery
            """#
        #expect(Script.run(script, log: true) == script)
    }

    @Test func temporaryIsOnlyThePrefix() {
        for (id, isTemporary) in [
            ("new_", true), ("new_1", true), ("new", false), ("New_1", false),
        ] {
            let trace = Script.run("opened \(id)", log: true)
            #expect(trace.contains("temp=\(isTemporary ? "True" : "False")"), "\(id)")
        }
    }
}
