import Testing

/// PROTOCOL §2: what is accepted goes on as it came, what is refused is answered.
struct MessageTests {
    @Test(
        arguments: [
            #"{"type":"user_message","content":"","role":"user"}"#,
            #"{"type":"user_message","content":"x","role":"assistant"}"#,
            #"{"type":"user_message","content":"x","role":"system"}"#,
            #"{"type":"user_message","content":"x","role":"tool","extra":[1,{"a":null}],"n":1e400}"#,
            #"  { "type" : "user_message", "content":"\u0041\ud83d\ude00", "role":"user" }  "#,
            #"{"type":"user_message","content":"x","role":null,"role":"user"}"#,
            #"{"type":"tool_result","call_id":"c"}"#,
            #"{"type":"tool_result","call_id":"c","result":null,"error":null}"#,
            #"{"type":"tool_result","call_id":"c","result":{"a":[1]},"error":"e"}"#,
            #"{"type":"switch_agent","agent_type":"coder","content":"x"}"#,
            #"{"type":"switch_agent","agent_type":"coder","content":"x","reason":"r"}"#,
            #"{"type":"hitl_decision","call_id":"c","decision":"approve"}"#,
            #"{"type":"hitl_decision","call_id":"c","decision":"edit","modified_arguments":{}}"#,
            #"{"type":"hitl_decision","call_id":"c","decision":"reject","feedback":"f"}"#,
            #"{"type":"plan_decision","approval_request_id":"a","decision":"approve"}"#,
            #"{"type":"plan_decision","approval_request_id":"a","decision":"modify","feedback":"f"}"#,
            #"{"type":"plan_decision","approval_request_id":"a","decision":"reject"}"#,
        ]
    )
    func acceptedAsItCame(message: String) {
        let trace = Script.run("opened new_1\ntext \(message)")
        // What a script cannot hold at the end of a line is kept in the payload.
        #expect(trace.hasSuffix("  post of frame 2 {\"message\":\(message)}"), "\(trace)")
    }

    @Test(
        arguments: [
            ("", "Invalid JSON: "),
            ("{", "Invalid JSON: "),
            ("{'type':1}", "Invalid JSON: "),
            (#"{"type":"user_message"} x"#, "Invalid JSON: "),
            ("5", "Invalid JSON: "),
            ("[]", "Invalid JSON: "),
            (#""text""#, "Invalid JSON: "),
            ("null", "Invalid JSON: "),
            ("{}", "Message type is required"),
            (#"{"type":null}"#, "Message type is required"),
            (#"{"type":""}"#, "Message type is required"),
            (#"{"type":0}"#, "Message type is required"),
            (#"{"type":false}"#, "Message type is required"),
            (#"{"type":"bogus"}"#, "Unknown message type: bogus"),
            (#"{"type":"User_message"}"#, "Unknown message type: User_message"),
            (#"{"type":7}"#, "Unknown message type: 7"),
            (#"{"type":true}"#, "Unknown message type: true"),
            (#"{"type":[1]}"#, "Unknown message type: [1]"),
            (#"{"type":"session_info","session_id":"x"}"#, "Unknown message type: session_info"),
            (#"{"type":"user_message"}"#, "Validation error: user_message.content is required"),
            (
                #"{"type":"user_message","content":null,"role":"user"}"#,
                "Validation error: user_message.content must be a string"
            ),
            (
                #"{"type":"user_message","content":"x"}"#,
                "Validation error: user_message.role is required"
            ),
            (
                #"{"type":"user_message","content":"x","role":"root"}"#,
                "Validation error: user_message.role must be one of user, assistant, system, tool"
            ),
            (#"{"type":"tool_result"}"#, "Validation error: tool_result.call_id is required"),
            (
                #"{"type":"tool_result","call_id":"c","error":1}"#,
                "Validation error: tool_result.error must be a string"
            ),
            (
                #"{"type":"switch_agent","agent_type":"a"}"#,
                "Validation error: switch_agent.content is required"
            ),
            (
                #"{"type":"hitl_decision","call_id":"c","decision":"modify"}"#,
                "Validation error: hitl_decision.decision must be one of approve, edit, reject"
            ),
            (
                #"{"type":"hitl_decision","call_id":"c","decision":"edit","modified_arguments":[]}"#,
                "Validation error: hitl_decision.modified_arguments must be an object"
            ),
            (
                #"{"type":"plan_decision","approval_request_id":"a","decision":"edit"}"#,
                "Validation error: plan_decision.decision must be one of approve, reject, modify"
            ),
            (
                #"{"type":"plan_decision","call_id":"c","decision":"approve"}"#,
                "Validation error: plan_decision.approval_request_id is required"
                    + " (call_id was sent; a plan_decision names its plan by approval_request_id)"
            ),
        ]
    )
    func refused(message: String, content: String) {
        let trace = Script.run("opened new_1\ntext \(message)")
        let start = "  reject {\"type\":\"error\",\"content\":\"\(content)"
        #expect(trace.split(separator: "\n").last?.hasPrefix(start) == true, "\(trace)")
    }

    /// A huge or hostile type does not come back whole, nor does it break the error's JSON.
    @Test func refusalsAreShortAndJSON() {
        let long = String(repeating: "x", count: 100_000)
        let trace = Script.run("opened s\ntext {\"type\":\"\(long)\"}")
        #expect(trace.split(separator: "\n").last.map(\.count) ?? 0 < 300)
        let hostile = Script.run(#"opened s\#ntext {"type":"a\"b\u0000\\"}"#)
        #expect(
            hostile.hasSuffix(#"{"type":"error","content":"Unknown message type: a\"b\u0000\\"}"#)
        )
    }

    /// An id with characters that JSON must escape is escaped in the request.
    @Test func idIsQuoted() {
        let trace = Script.run("opened a\"b\\c\ntext {\"type\":\"tool_result\",\"call_id\":\"c\"}")
        #expect(trace.contains(#"{"session_id":"a\"b\\c","message":"#), "\(trace)")
    }
}
