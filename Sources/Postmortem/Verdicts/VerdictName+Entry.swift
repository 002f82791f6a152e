extension VerdictName {
    /// What the name means. This is the one table of verdicts; docs/verdicts.md is checked against it.
    public var entry: VerdictEntry {
        switch self {
        case .bound:
            VerdictEntry(
                .fine,
                .nobody,
                "The connection was bound to its session, and the IDE has taken the id.",
                proof:
                    "first requestSent; chunkReceived with the id, which a framesDelivered covers",
                next: "nothing"
            )
        case .openedWithSession:
            VerdictEntry(
                .fine,
                .nobody,
                "The IDE opened the connection with a session id: there was nothing to bind.",
                proof: "connectionOpened",
                next: "nothing"
            )
        case .neverMessaged:
            VerdictEntry(
                .remark,
                .ide,
                "The IDE opened a new dialogue and left without sending a message: no session was made.",
                proof: "connectionOpened; connectionClosed",
                next: "the IDE: why it sent nothing"
            )
        case .streamEndedWithoutSessionInfo:
            VerdictEntry(
                .failure,
                .agent,
                "The answer to a message without an id ended, and no session_info was in it.",
                proof: "requestSent without session_id; streamEnded",
                next: "the agent: why it made no session, or did not announce it"
            )
        case .streamBrokeBeforeSessionInfo:
            VerdictEntry(
                .failure,
                .agent,
                "The answer to a message without an id broke off before a session_info came.",
                proof: "requestSent without session_id; responseStarted; requestFailed",
                next:
                    "the agent's log at that time: it may have ended, or made a session nobody knows"
            )
        case .sessionInfoMalformed:
            VerdictEntry(
                .failure,
                .agent,
                "The session_info was no JSON object: nobody could read the id.",
                but: "remark where the session is known all the same",
                proof: "chunkReceived that is no JSON object and names session_info",
                next: "the block's bytes: replay show ID --full"
            )
        case .sessionInfoWithoutID:
            VerdictEntry(
                .failure,
                .agent,
                "The session_info had no session_id that is a text.",
                but: "remark where the session is known all the same",
                proof: "chunkReceived with that session_info",
                next: "the block's bytes: replay show ID --full"
            )
        case .sessionInfoTemporaryID:
            VerdictEntry(
                .failure,
                .agent,
                "The session_info had a temporary id, which only an IDE may make up.",
                but: "remark where the session is known all the same",
                proof: "chunkReceived with that session_info",
                next: "the agent: where it has the temporary id from"
            )
        case .sessionInfoLate:
            VerdictEntry(
                .remark,
                .agent,
                "The session_info came after other parts of the answer.",
                proof: "first chunkReceived with data; chunkReceived with the id",
                next: "the IDE: whether it takes an id that does not come first"
            )
        case .sessionInfoAfterDisconnect:
            VerdictEntry(
                .failure,
                .ide,
                "The session_info came when the IDE had gone: the session exists, and the IDE does not know it.",
                proof: "connectionClosed; chunkReceived with the id",
                next: "why the connection ended; the session can be opened by its id"
            )
        case .sessionInfoUndelivered:
            VerdictEntry(
                .failure,
                .network,
                "The session_info was sent, but when the connection ended it was not on record that the IDE's socket had taken it.",
                proof:
                    "chunkReceived with the id; connectionClosed; no framesDelivered as far as the chunk",
                next: "why the connection ended; the session can be opened by its id"
            )
        case .leftBeforeSessionInfo:
            VerdictEntry(
                .failure,
                .ide,
                "The IDE had gone before a session_info came, and the answer was given up.",
                proof: "connectionClosed; requestFailed (cancelled or finishTimeout)",
                next: "why the connection ended; GATEWAY__ON_DISCONNECT"
            )
        case .conflictingSessionInfo:
            VerdictEntry(
                .failure,
                .agent,
                "The agent announced another session than the one the connection belonged to.",
                proof: "the event that gave the first id; chunkReceived with the other id",
                next: "the agent: why it made a second session"
            )
        case .unexpectedSessionInfo:
            VerdictEntry(
                .fine,
                .agent,
                "The agent announced the session again, with the id that the connection had.",
                but: "remark where it went to the IDE",
                proof: "the event that gave the id; the first chunkReceived that repeats it",
                next: "GATEWAY__SESSION_INFO, where an IDE cannot take repetitions"
            )
        case .gatewayRestartedBeforeBinding:
            VerdictEntry(
                .failure,
                .gateway,
                "The gateway stopped or died while a message without an id awaited its session_info.",
                proof:
                    "requestSent without session_id; requestFailed (gatewayStopping or gatewayRestarted)",
                next: "why the gateway ended: its own log, the system's"
            )
        case .postedWithoutIDAfterBinding:
            VerdictEntry(
                .failure,
                .gateway,
                "A message was posted without an id although the session was known: the agent made a second one.",
                proof: "the event that gave the id; requestSent without session_id",
                next: "replay verify ID; the version of the gateway"
            )
        case .postedWithTemporaryID:
            VerdictEntry(
                .failure,
                .gateway,
                "A message was posted with a temporary id, which no session has.",
                proof: "requestSent with that session_id",
                next: "replay verify ID; the version of the gateway"
            )
        case .postedWithOtherID:
            VerdictEntry(
                .failure,
                .gateway,
                "A message was posted with the id of another session than the connection belonged to.",
                proof: "the event that gave the id; requestSent with another session_id",
                next: "replay verify ID; the version of the gateway"
            )
        case .temporaryIDReused:
            VerdictEntry(
                .failure,
                .ide,
                "A temporary id was used while another connection with it was open: each gets a session of its own.",
                proof: "connectionOpened of the other; connectionOpened",
                next: "the IDE: how it makes temporary ids up, and whether it connects twice"
            )
        case .reconnectedWithTemporaryID:
            VerdictEntry(
                .failure,
                .ide,
                "The IDE came back with a temporary id that had led to a session: what follows is a new session without the history.",
                but: "remark where it could not know the session",
                proof: "chunkReceived with the id, on the earlier connection; connectionOpened",
                next: "the IDE: whether it stores the id of a session_info"
            )
        case .requestFailed:
            VerdictEntry(
                .failure,
                .agent,
                "The agent could not be reached, or did not answer.",
                proof: "requestSent; requestFailed without a responseStarted",
                next: "GATEWAY__AGENT_URL; whether the agent ran at that time"
            )
        case .agentRefused:
            VerdictEntry(
                .failure,
                .agent,
                "The agent refused the message with a status that is not 2xx.",
                proof: "requestSent; responseStarted; requestFailed (status)",
                next: "the body of the refusal: replay show ID --full"
            )
        case .notAnEventStream:
            VerdictEntry(
                .failure,
                .agent,
                "The agent answered with something else than an event stream.",
                proof: "requestSent; responseStarted; requestFailed (notEventStream)",
                next: "what answers at GATEWAY__AGENT_URL: perhaps a proxy"
            )
        case .emptyAnswer:
            VerdictEntry(
                .remark,
                .agent,
                "The answer held no event.",
                but: "failure while no session is known, fine for a tool_result in a session",
                proof: "requestSent; streamEnded without a chunkReceived with data",
                next: "the agent's log at that time"
            )
        case .answerBroke:
            VerdictEntry(
                .failure,
                .agent,
                "The answer broke off; the connection keeps the session it has.",
                proof: "requestSent; requestFailed",
                next: "the log at that time of the side at fault"
            )
        case .dataNotAnObject:
            VerdictEntry(
                .remark,
                .agent,
                "The answer held data that is no JSON object; it did not go to the IDE.",
                proof: "the first such chunkReceived of the answer",
                next: "the block's bytes: replay show ID --full"
            )
        case .answerUnderWay:
            VerdictEntry(
                .fine,
                .nobody,
                "An answer is under way at the end of the log.",
                proof: "requestSent",
                next: "whether the gateway runs: it may have died; the same again later"
            )
        case .leftDuringAnswer:
            VerdictEntry(
                .remark,
                .ide,
                "The IDE left before the answer had ended: it has not seen the rest.",
                proof: "connectionClosed; requestFailed where it was given up then",
                next: "why the IDE left; the agent's history of the session has the answer"
            )
        case .messagesDropped:
            VerdictEntry(
                .remark,
                .ide,
                "Messages waited for their turn when the connection ended: they were never posted.",
                proof: "connectionClosed",
                next: "why the connection ended"
            )
        case .messageRefused:
            VerdictEntry(
                .remark,
                .ide,
                "A message was refused by the rules; the IDE was told so.",
                proof: "the first frameReceived that was refused",
                next: "the error text in the frameRejected"
            )
        case .allMessagesRefused:
            VerdictEntry(
                .failure,
                .ide,
                "Every message was refused by the rules: nothing was posted.",
                proof: "the first frameReceived that was refused; connectionClosed",
                next: "the error text in the frameRejected"
            )
        case .webSocketViolation:
            VerdictEntry(
                .failure,
                .ide,
                "The IDE broke WebSocket, or a limit: the connection was closed.",
                proof: "frameRejected with a close code",
                next: "the reason in the frameRejected; GATEWAY__MAX_MESSAGE_BYTES for 1009"
            )
        case .slowConsumer:
            VerdictEntry(
                .failure,
                .ide,
                "The IDE took nothing for too long: the connection was dropped.",
                proof: "connectionClosed with 1008",
                next: "the IDE: whether it hung; GATEWAY__SLOW_CONSUMER_TIMEOUT"
            )
        case .heartbeatMissed:
            VerdictEntry(
                .remark,
                .network,
                "The IDE answered no heartbeat any more: the connection was closed.",
                proof: "timerElapsed; connectionClosed with 1011",
                next: "whether the IDE's machine slept or lost its network"
            )
        case .connectionLost:
            VerdictEntry(
                .remark,
                .network,
                "The connection to the IDE broke.",
                proof: "connectionClosed by network",
                next: "the network, and proxies between IDE and gateway"
            )
        case .gatewayStopped:
            VerdictEntry(
                .remark,
                .gateway,
                "The gateway stopped or died while the connection was open.",
                but: "fine where it stopped in good order (1012)",
                proof: "connectionClosed by gateway",
                next: "why the gateway ended: its own log, the system's"
            )
        case .logGap:
            VerdictEntry(
                .failure,
                .gateway,
                "Events are missing in the log, or it could not be written: what happened then is not known.",
                proof: "logGap, requestFailed (logFailed), or the event after missing ordinals",
                next: "the disk: space and errors; replay verify"
            )
        case .damagedRow:
            VerdictEntry(
                .failure,
                .nobody,
                "A row is not as it was written: what rests on it is not certain.",
                proof: "the first such row of the connection",
                next: "replay verify ID; the disk"
            )
        case .beginningMissing:
            VerdictEntry(
                .remark,
                .nobody,
                "The connection's beginning is not in the log: only what came later is judged.",
                proof: "the first event that is there",
                next: "older segments, if they were kept elsewhere"
            )
        }
    }
}
