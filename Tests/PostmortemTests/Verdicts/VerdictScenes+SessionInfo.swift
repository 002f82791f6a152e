import Events
import Session

extension VerdictScene {
    private static let bound = "fine nobody bound"

    static let sessionInfo = [
        VerdictScene("bound", [bound]) { gateway in
            gateway.talk(1, "new_1", "abc-1")
        },
        VerdictScene("several turns, as the documents have it", [bound]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.info("abc-1"), RecordedGateway.token)
            gateway.turn(1, RecordedGateway.token)
            gateway.closeFrame(1)
        },
        VerdictScene(
            "the id again with every turn, as the runtime has it",
            [bound, "fine agent unexpected-session-info"]
        ) { gateway in
            gateway.open(1, "new_1")
            for _ in 0..<3 {
                gateway.turn(1, RecordedGateway.info("abc-1"), RecordedGateway.token)
            }
            gateway.closeFrame(1)
        },
        VerdictScene(
            "the id again, and it goes to the IDE",
            [bound, "remark agent unexpected-session-info"]
        ) { gateway in
            gateway.open(1, "new_1", policy: SessionPolicy(sessionInfo: .always))
            gateway.turn(1, RecordedGateway.info("abc-1"), RecordedGateway.info("abc-1"))
        },
        VerdictScene("opened with a session", ["fine nobody opened-with-session"]) { gateway in
            gateway.open(1, "abc-1")
            gateway.turn(1, RecordedGateway.token)
            gateway.closeFrame(1)
        },
        VerdictScene(
            "opened with a session that the agent announces",
            ["fine nobody opened-with-session", "fine agent unexpected-session-info"]
        ) { gateway in
            gateway.open(1, "abc-1")
            gateway.turn(1, RecordedGateway.info("abc-1"), RecordedGateway.token)
        },
        VerdictScene(
            "opened with a session, and the agent announces another",
            ["fine nobody opened-with-session", "failure agent conflicting-session-info"]
        ) { gateway in
            gateway.open(1, "abc-1")
            gateway.turn(1, RecordedGateway.info("abc-2"), RecordedGateway.token)
        },
        VerdictScene("two ids", [bound, "failure agent conflicting-session-info"]) { gateway in
            gateway.open(1, "new_1")
            gateway.ask(1)
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.deliver(1)
            gateway.chunk(1, RecordedGateway.info("abc-2"))
            gateway.endOfBody(1)
            gateway.deliver(1)
            gateway.turn(1, RecordedGateway.token)
        },
        VerdictScene("late", ["remark agent session-info-late", bound]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.token, RecordedGateway.info("abc-1"))
        },
        VerdictScene("a heartbeat before it is not late", [bound]) { gateway in
            gateway.begin(1, "new_1")
            gateway.block(1, ": hi\n\n")
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.deliver(1)
            gateway.endOfBody(1)
        },
        VerdictScene("none", ["failure agent stream-ended-without-session-info"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.token)
            gateway.closeFrame(1)
        },
        VerdictScene(
            "none at first",
            ["failure agent stream-ended-without-session-info", bound]
        ) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.token)
            gateway.turn(1, RecordedGateway.info("abc-1"), RecordedGateway.token)
        },
        VerdictScene("none, and a done mark", ["failure agent stream-ended-without-session-info"]) {
            gateway in
            gateway.begin(1, "new_1")
            gateway.chunk(1, RecordedGateway.token)
            gateway.chunk(1, "[DONE]")
        },
        VerdictScene("malformed", ["failure agent session-info-malformed"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, #"{"type":"session_info","session_id":"abc-1""#, RecordedGateway.token)
            gateway.closeFrame(1)
        },
        VerdictScene("other data that is no object", [bound, "remark agent data-not-an-object"]) {
            gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.info("abc-1"), "[1,2]", "5", "session_info")
        },
        VerdictScene("without an id", ["failure agent session-info-without-id"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, #"{"type":"session_info"}"#, RecordedGateway.token)
        },
        VerdictScene("a number for an id", ["failure agent session-info-without-id"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, #"{"type":"session_info","session_id":5}"#)
        },
        VerdictScene(
            "without an id, then with one",
            ["remark agent session-info-without-id", bound]
        ) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, #"{"type":"session_info"}"#, RecordedGateway.info("abc-1"))
        },
        VerdictScene("a temporary id", ["failure agent session-info-temporary-id"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.info("new_1"), RecordedGateway.token)
        },
        VerdictScene("the IDE had gone", ["failure ide session-info-after-disconnect"]) { gateway in
            gateway.begin(1, "new_1")
            gateway.closeFrame(1)
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.endOfBody(1)
        },
        VerdictScene(
            "the network had gone",
            ["remark network connection-lost", "failure network session-info-after-disconnect"]
        ) { gateway in
            gateway.begin(1, "new_1")
            gateway.lose(1)
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.endOfBody(1)
        },
        VerdictScene(
            "not taken",
            ["remark network connection-lost", "failure network session-info-undelivered"]
        ) { gateway in
            gateway.begin(1, "new_1")
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.endOfBody(1)
            gateway.lose(1)
        },
        VerdictScene("taken at the close", [bound]) { gateway in
            gateway.begin(1, "new_1")
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.endOfBody(1)
            gateway.closeFrame(1)
            gateway.deliver(1)
        },
        VerdictScene(
            "not on record yet",
            ["fine nobody answer-under-way", bound]
        ) { gateway in
            gateway.begin(1, "new_1")
            gateway.chunk(1, RecordedGateway.info("abc-1"))
        },
        VerdictScene("no message", ["remark ide never-messaged"]) { gateway in
            gateway.open(1, "new_1")
            gateway.closeFrame(1)
        },
        VerdictScene("no message so far", []) { gateway in gateway.open(1, "new_1") },
    ]
}
