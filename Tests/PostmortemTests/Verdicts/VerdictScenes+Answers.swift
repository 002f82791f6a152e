import Events
import Session

extension VerdictScene {
    private static let bound = "fine nobody bound"
    private static let opened = "fine nobody opened-with-session"

    /// A failure before the head of the answer, on an unbound connection.
    private static func unanswered(
        _ failure: RequestFailure,
        _ expected: String,
        _ reason: String = "reason"
    ) -> VerdictScene {
        VerdictScene("\(failure) without a head (\(reason))", [expected]) { gateway in
            gateway.open(1, "new_1")
            gateway.message(1, RecordedGateway.userMessage)
            gateway.fail(1, failure, reason)
            gateway.deliver(1)
            gateway.closeFrame(1)
        }
    }

    /// A failure after the head, on an unbound connection and on a bound one.
    private static func broken(
        _ failure: RequestFailure,
        _ unbound: String,
        _ boundOne: String
    ) -> [VerdictScene] {
        [
            VerdictScene("\(failure) before the session_info", [unbound]) { gateway in
                gateway.begin(1, "new_1")
                gateway.chunk(1, RecordedGateway.token)
                gateway.fail(1, failure, "reason")
            },
            VerdictScene("\(failure) after it", [bound, boundOne]) { gateway in
                gateway.begin(1, "new_1")
                gateway.chunk(1, RecordedGateway.info("abc-1"))
                gateway.deliver(1)
                gateway.fail(1, failure, "reason")
            },
            VerdictScene(
                "\(failure) after a bad one",
                [
                    "failure agent session-info-without-id", boundOne,
                ]
            ) { gateway in
                gateway.begin(1, "new_1")
                gateway.chunk(1, #"{"type":"session_info"}"#)
                gateway.fail(1, failure, "reason")
            },
            VerdictScene("\(failure) in a session", [opened, boundOne]) { gateway in
                gateway.begin(1, "abc-1")
                gateway.fail(1, failure, "reason")
            },
        ]
    }

    private static let unansweredScenes = [
        unanswered(.resolveFailed, "failure network request-failed"),
        unanswered(.connectFailed, "failure agent request-failed"),
        unanswered(
            .connectFailed,
            "failure gateway request-failed",
            "too many requests to the agent are under way"
        ),
        unanswered(.connectTimeout, "failure network request-failed"),
        unanswered(.readTimeout, "failure agent request-failed"),
        unanswered(.brokenStream, "failure agent request-failed"),
        unanswered(.malformedResponse, "failure agent request-failed"),
        unanswered(.gatewayStopping, "failure gateway gateway-restarted-before-binding"),
        unanswered(.logFailed, "failure gateway log-gap"),
    ]

    private static let brokenScenes =
        [RequestFailure.readTimeout, .brokenStream, .malformedResponse].flatMap { failure in
            broken(
                failure,
                "failure agent stream-broke-before-session-info",
                "failure agent answer-broke"
            )
        }
        + [RequestFailure.gatewayStopping, .gatewayRestarted].flatMap { failure in
            broken(
                failure,
                "failure gateway gateway-restarted-before-binding",
                "failure gateway answer-broke"
            )
        }

    private static let otherScenes = [
        VerdictScene("refused", ["failure agent agent-refused"]) { gateway in
            gateway.open(1, "new_1")
            gateway.message(1, RecordedGateway.userMessage)
            gateway.respond(1, status: 500)
            gateway.fail(1, .status, "oops")
        },
        VerdictScene("refused, then bound", ["failure agent agent-refused", bound]) { gateway in
            gateway.open(1, "new_1")
            gateway.message(1, RecordedGateway.userMessage)
            gateway.respond(1, status: 429)
            gateway.fail(1, .status, "")
            gateway.turn(1, RecordedGateway.info("abc-1"))
        },
        VerdictScene("no event stream", ["failure agent not-an-event-stream"]) { gateway in
            gateway.begin(1, "new_1")
            gateway.fail(1, .notEventStream, "application/json")
        },
        VerdictScene("empty, unbound", ["failure agent empty-answer"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1)
        },
        VerdictScene("only a comment, unbound", ["failure agent empty-answer"]) { gateway in
            gateway.begin(1, "new_1")
            gateway.block(1, ": hi\n\n")
            gateway.endOfBody(1)
        },
        VerdictScene("empty, in a session", [opened, "remark agent empty-answer"]) { gateway in
            gateway.open(1, "abc-1")
            gateway.turn(1)
        },
        VerdictScene("empty, to a tool_result", [opened, "fine agent empty-answer"]) { gateway in
            gateway.open(1, "abc-1")
            gateway.message(1, RecordedGateway.toolResult)
            gateway.respond(1)
            gateway.endOfBody(1)
        },
        VerdictScene(
            "cut within the session_info",
            ["failure agent stream-broke-before-session-info"]
        ) { gateway in
            gateway.begin(1, "new_1")
            gateway.block(1, #"data: {"type":"session_info","sess"#, .unterminated)
            gateway.fail(1, .brokenStream, "reset")
        },
        VerdictScene("ended within the session_info", ["failure agent session-info-malformed"]) {
            gateway in
            gateway.begin(1, "new_1")
            gateway.block(1, #"data: {"type":"session_info","sess"#, .unterminated)
            gateway.endOfBody(1)
        },
        VerdictScene("cut within a block", [bound, "failure agent answer-broke"]) { gateway in
            gateway.begin(1, "new_1")
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.deliver(1)
            gateway.block(1, #"data: {"type":"#, .unterminated)
            gateway.fail(1, .brokenStream, "reset")
        },
        VerdictScene("an unterminated session_info", [bound]) { gateway in
            gateway.begin(1, "new_1")
            gateway.block(1, "data: " + RecordedGateway.info("abc-1"), .unterminated)
            gateway.endOfBody(1)
            gateway.deliver(1)
        },
        VerdictScene("under way", ["fine nobody answer-under-way"]) { gateway in
            gateway.begin(1, "new_1")
        },
    ]

    static let answers = unansweredScenes + brokenScenes + otherScenes
}
