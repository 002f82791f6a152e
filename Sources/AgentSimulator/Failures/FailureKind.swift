/// The ways in which the simulator can answer wrongly or unusually, each asked for by its name:
/// `#fail:NAME` in a message's content, ``SimulatorOptions/failures`` or an ``AnswerScript``.
public enum FailureKind: String, CaseIterable, Sendable {
    // What is said of the session.
    case noSessionInfo = "no-session-info"
    case malformedSessionInfo = "malformed-session-info"
    case sessionInfoWithoutID = "session-info-without-id"
    case nullID = "null-id"
    case numericID = "numeric-id"
    case temporaryID = "temporary-id"
    case lateSessionInfo = "late-session-info"
    case sessionInfoTwice = "session-info-twice"
    case otherID = "other-id"
    case repeatSessionInfo = "repeat-session-info"
    // How the answer breaks off.
    case cutBeforeSessionInfo = "cut-before-session-info"
    case cutAfterSessionInfo = "cut-after-session-info"
    case cutMidBlock = "cut-mid-block"
    case cutMidChunk = "cut-mid-chunk"
    case reset
    case refuse
    case badChunkSize = "bad-chunk-size"
    // When it comes.
    case slow
    case silent
    case noHead = "no-head"
    case endless
    case burst
    // How the blocks are written.
    case noSpace = "no-space"
    case cr
    case crlf
    case multiLine = "multi-line"
    case bom
    case splitUTF8 = "split-utf8"
    case u2028
    case heartbeats
    case unterminated
    case unterminatedSessionInfo = "unterminated-session-info"
    case doneEvent = "done-event"
    case doneData = "done-data"
    // What stands in them.
    case notJSON = "not-json"
    case array
    case number
    case empty
    case big
    // How the answer is framed in HTTP.
    case status
    case notEventStream = "not-event-stream"
    case contentLength = "content-length"
    case untilClose = "until-close"
    case hugeHead = "huge-head"
    case interim = "1xx"
}
