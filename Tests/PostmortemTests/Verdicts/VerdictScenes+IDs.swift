import Events
import Session

extension VerdictScene {
    private static let bound = "fine nobody bound"

    static let ids = [
        VerdictScene(
            "came back with the temporary id",
            [bound, "failure ide reconnected-with-temporary-id", bound]
        ) { gateway in
            gateway.talk(1, "new_1", "abc-1")
            gateway.talk(2, "new_1", "abc-2")
        },
        VerdictScene(
            "came back, having been told nothing",
            [
                "failure ide session-info-after-disconnect",
                "remark nobody reconnected-with-temporary-id", bound,
            ]
        ) { gateway in
            gateway.begin(1, "new_1")
            gateway.closeFrame(1)
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.endOfBody(1)
            gateway.talk(2, "new_1", "abc-2")
        },
        VerdictScene("came back with the session", [bound, "fine nobody opened-with-session"]) {
            gateway in
            gateway.talk(1, "new_1", "abc-1")
            gateway.open(2, "abc-1")
            gateway.turn(2, RecordedGateway.token)
        },
        VerdictScene(
            "tried again after a failure",
            ["failure agent request-failed", bound]
        ) { gateway in
            gateway.open(1, "new_1")
            gateway.message(1, RecordedGateway.userMessage)
            gateway.fail(1, .connectFailed, "refused")
            gateway.closeFrame(1)
            gateway.talk(2, "new_1", "abc-1")
        },
        VerdictScene(
            "two at once",
            ["failure ide temporary-id-reused", bound, bound]
        ) { gateway in
            gateway.open(1, "new_1")
            gateway.open(2, "new_1")
            gateway.turn(1, RecordedGateway.info("abc-1"))
            gateway.turn(2, RecordedGateway.info("abc-2"))
        },
        VerdictScene(
            "two sessions at once",
            [
                "fine nobody opened-with-session", "fine nobody opened-with-session",
            ]
        ) { gateway in
            gateway.open(1, "abc-1")
            gateway.open(2, "abc-1")
        },
        VerdictScene("the gateway has been started anew between them", [bound]) { gateway in
            gateway.open(1, "new_1")
            gateway.gateway(.gatewayStarted, "{}")
            gateway.talk(2, "new_1", "abc-1")
        },
    ]

    static let posts = [
        VerdictScene(
            "posted without the id",
            [bound, "failure gateway posted-without-id-after-binding"]
        ) { gateway in
            gateway.talkOpen()
            gateway.post(1, #"{"message":{"type":"user_message"}}"#)
            gateway.finishPost()
        },
        VerdictScene(
            "posted with a temporary id",
            [bound, "failure gateway posted-with-temporary-id"]
        ) { gateway in
            gateway.talkOpen()
            gateway.post(1, #"{"session_id":"new_1","message":{}}"#)
            gateway.finishPost()
        },
        VerdictScene(
            "posted with another id",
            [bound, "failure gateway posted-with-other-id"]
        ) { gateway in
            gateway.talkOpen()
            gateway.post(1, #"{"session_id":"abc-2","message":{}}"#)
            gateway.finishPost()
        },
        VerdictScene("posted with the id, written otherwise", [bound]) { gateway in
            gateway.talkOpen()
            gateway.post(1, #"{"message":{},"session_id":"\u0061bc-1"}"#)
            gateway.finishPost()
        },
        VerdictScene("a message may speak of ids", [bound]) { gateway in
            gateway.open(1, "new_1")
            gateway.message(
                1,
                #"{"type":"tool_result","call_id":"c","result":{"session_id":"new_1"}}"#
            )
            gateway.respond(1)
            gateway.chunk(1, RecordedGateway.info("abc-1"))
            gateway.deliver(1)
            gateway.endOfBody(1)
        },
    ]
}

extension RecordedGateway {
    fileprivate mutating func talkOpen() {
        open(1, "new_1")
        turn(1, Self.info("abc-1"), Self.token)
    }

    fileprivate mutating func finishPost() {
        respond(1)
        chunk(1, Self.token)
        endOfBody(1)
    }
}
