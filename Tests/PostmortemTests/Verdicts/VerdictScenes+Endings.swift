import Events
import Session

extension VerdictScene {
    private static let bound = "fine nobody bound"
    private static let cancelling = SessionPolicy(onDisconnect: .cancel)

    static let endings = [
        VerdictScene("left, and cancelled", ["failure ide left-before-session-info"]) { gateway in
            gateway.begin(1, "new_1", policy: cancelling)
            gateway.closeFrame(1)
        },
        VerdictScene("left, and given up", ["failure ide left-before-session-info"]) { gateway in
            gateway.begin(1, "new_1")
            gateway.closeFrame(1)
            gateway.fail(1, .finishTimeout, "")
        },
        VerdictScene(
            "left, and the agent announced nothing",
            ["failure agent stream-ended-without-session-info"]
        ) { gateway in
            gateway.begin(1, "new_1")
            gateway.closeFrame(1)
            gateway.chunk(1, RecordedGateway.token)
            gateway.endOfBody(1)
        },
        VerdictScene(
            "left, and the answer broke",
            ["failure agent stream-broke-before-session-info"]
        ) { gateway in
            gateway.begin(1, "new_1")
            gateway.closeFrame(1)
            gateway.fail(1, .brokenStream, "reset")
        },
        VerdictScene("left during the answer", [bound, "remark ide left-during-answer"]) {
            gateway in
            gateway.begin(1, "new_1")
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.deliver(1)
            gateway.closeFrame(1, code: 1001)
            gateway.chunk(1, RecordedGateway.token)
            gateway.endOfBody(1)
        },
        VerdictScene(
            "left during the answer, cancelled",
            [bound, "remark ide left-during-answer"]
        ) { gateway in
            gateway.begin(1, "new_1", policy: cancelling)
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.deliver(1)
            gateway.closeFrame(1, code: 1001)
        },
        VerdictScene(
            "left with messages waiting",
            [bound, "remark ide left-during-answer", "remark ide messages-dropped"]
        ) { gateway in
            gateway.begin(1, "new_1")
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.deliver(1)
            gateway.message(1, RecordedGateway.toolResult)
            gateway.closeFrame(1)
            gateway.endOfBody(1)
        },
        VerdictScene("lost", [bound, "remark network connection-lost"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.info("abc-1"))
            gateway.lose(1)
        },
        VerdictScene(
            "slow, before the session_info was taken",
            ["failure ide slow-consumer", "failure ide session-info-undelivered"]
        ) { gateway in
            gateway.begin(1, "new_1")
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.drop(1, code: 1008, "the IDE took nothing for 60 s")
            gateway.endOfBody(1)
        },
        VerdictScene("slow", [bound, "failure ide slow-consumer"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.info("abc-1"))
            gateway.drop(1, code: 1008, "the IDE took nothing for 60 s")
        },
        VerdictScene("silent", [bound, "remark network heartbeat-missed"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.info("abc-1"))
            for _ in 0..<3 { gateway.heartbeat(1) }
        },
        VerdictScene("violation", [bound, "failure ide websocket-violation"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.info("abc-1"))
            gateway.violate(1)
        },
        VerdictScene("stopped in good order", [bound, "fine gateway gateway-stopped"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.info("abc-1"))
            gateway.drop(1, code: 1012, "the gateway stops")
        },
        VerdictScene("restarted", [bound, "remark gateway gateway-stopped"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.info("abc-1"))
            gateway.drop(1, code: 1006, "gateway restarted")
        },
        VerdictScene(
            "restarted before binding",
            ["failure gateway gateway-restarted-before-binding"]
        ) { gateway in
            gateway.begin(1, "new_1")
            gateway.fail(1, .gatewayRestarted, "gateway restarted")
            gateway.drop(1, code: 1006, "gateway restarted")
        },
        VerdictScene("the disk was full", ["failure gateway log-gap"]) { gateway in
            gateway.begin(1, "new_1")
            gateway.fail(1, .logFailed, "disk full")
            gateway.drop(1, code: 1011, "disk full")
        },
        VerdictScene("the disk was full, idle", [bound, "failure gateway log-gap"]) { gateway in
            gateway.open(1, "new_1")
            gateway.turn(1, RecordedGateway.info("abc-1"))
            gateway.drop(1, code: 1011, "disk full")
        },
        VerdictScene("only refused messages", ["failure ide all-messages-refused"]) { gateway in
            gateway.open(1, "new_1")
            gateway.message(1, "[]")
            gateway.message(1, "{")
            gateway.closeFrame(1)
        },
        VerdictScene("a refused message", ["remark ide message-refused", bound]) { gateway in
            gateway.open(1, "new_1")
            gateway.message(1, "[]")
            gateway.turn(1, RecordedGateway.info("abc-1"))
            gateway.closeFrame(1)
        },
        VerdictScene("a gap in the log", [bound, "failure gateway log-gap"]) { gateway in
            gateway.talk(1, "new_1", "abc-1")
            gateway.gateway(.logGap, "disk full")
        },
    ]
}
