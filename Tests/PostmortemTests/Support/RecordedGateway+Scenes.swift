import Events
import Postmortem
import Session

extension RecordedGateway {

    /// Every kind of event and every kind of decision, on four connections that overlap.
    static var scene: RecordedGateway {
        var gateway = RecordedGateway()
        gateway.gateway(.gatewayStarted, "{}")
        gateway.open(1, "new_1")
        gateway.message(1, #"{"type":"user_message","role":"user","content":"Привет!"}"#)
        gateway.open(2, "abc-2")
        gateway.respond(1)
        gateway.chunk(1, #"{"type":"session_info","session_id":"abc-1","token":null}"#)
        gateway.deliver(1)
        gateway.message(2, "[]")
        gateway.message(2, toolResult)
        gateway.message(2, toolResult)
        gateway.chunk(1, #"{"type":"assistant_message","token":"Hi","x":null}"#)
        gateway.fail(2, .readTimeout, "silent for 60 s")
        gateway.endOfBody(1)
        gateway.deliver(1)
        gateway.respond(2, status: 429)
        gateway.fail(2, .status, "slow down")
        gateway.open(3, "new_3", policy: SessionPolicy(onDisconnect: .cancel))
        gateway.message(1, toolResult)
        gateway.chunk(1, #"{"type":"session_info","session_id":"abc-1"}"#)
        gateway.chunk(1, "5")
        gateway.chunk(1, "[DONE]")
        gateway.heartbeat(1)
        gateway.message(3, toolResult)
        gateway.deliver(2)
        gateway.closeFrame(1)
        gateway.deliver(1)
        gateway.closeFrame(3, code: 1001)
        gateway.open(4, "abc-4")
        gateway.violate(4)
        gateway.message(2, toolResult)
        gateway.lose(2)
        gateway.respond(2)
        gateway.chunk(2, #"{"type":"assistant_message"}"#)
        gateway.endOfBody(2)
        gateway.gateway(.gatewayStopped, "asked to")
        return gateway
    }
}

/// Verifies rows as they stand.
func verify(_ rows: some Sequence<RecordedEvent>) -> (findings: [Finding], consequences: Int) {
    var verification = Verification(isWholeLog: true)
    var findings: [Finding] = []
    for row in rows {
        findings += verification.take(
            position: row.position,
            row.header,
            checksum: row.checksum,
            row.body.span
        )
    }
    return (findings, verification.consequences)
}
