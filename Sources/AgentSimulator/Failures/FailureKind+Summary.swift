extension FailureKind {
    /// One line on what happens, for `--list-failures`.
    public var summary: String {
        switch self {
        case .noSessionInfo: "the session is made but never announced"
        case .malformedSessionInfo: "session_info is broken JSON"
        case .sessionInfoWithoutID: "session_info has no session_id"
        case .nullID: "session_info has a session_id of null"
        case .numericID: "session_info has a number for a session_id"
        case .temporaryID: "session_info has a session_id that begins with new_"
        case .lateSessionInfo: "session_info comes after N tokens"
        case .sessionInfoTwice: "session_info comes twice, with the same session_id"
        case .otherID: "a second session_info, after the first token, has another session_id"
        case .repeatSessionInfo: "session_info comes for existing sessions too"
        case .cutBeforeSessionInfo: "the connection closes after the head"
        case .cutAfterSessionInfo: "the connection closes right after session_info"
        case .cutMidBlock: "the connection closes within the block after session_info"
        case .cutMidChunk: "the same, within an HTTP chunk that was announced longer"
        case .reset: "the connection is reset right after session_info"
        case .refuse: "the connection closes without an answer; by option, when it is accepted"
        case .badChunkSize: "a chunk size after session_info is not a number"
        case .slow: "N milliseconds pass before each block"
        case .silent: "nothing follows the head"
        case .noHead: "the request is read and never answered"
        case .endless: "tokens go on until the client leaves"
        case .burst: "N tokens at once"
        case .noSpace: "data: is not followed by a space"
        case .cr: "lines end with CR"
        case .crlf: "lines end with CR LF"
        case .multiLine: "the JSON of a block is spread over several data lines"
        case .bom: "the answer begins with a byte order mark"
        case .splitUTF8: "writes end within characters and line ends"
        case .u2028: "a token holds U+2028, U+2029 and U+0085 as they are"
        case .heartbeats: "a comment stands before each block"
        case .unterminated: "the blank line after the last block is missing"
        case .unterminatedSessionInfo: "the answer ends with session_info, without a line end"
        case .doneEvent: "a block with event: done comes last"
        case .doneData: "a block with data: [DONE] comes last"
        case .notJSON: "a block before the tokens holds no JSON"
        case .array: "a block before the tokens holds [1,2]"
        case .number: "a block before the tokens holds 5"
        case .empty: "an event stream without any block"
        case .big: "one token of N bytes"
        case .status: "status N with a JSON body"
        case .notEventStream: "200 with application/json"
        case .contentLength: "Content-Length instead of chunks"
        case .untilClose: "the end of the connection ends the body"
        case .hugeHead: "a header field of N bytes"
        case .interim: "100 and 103 come before the answer"
        }
    }

    /// What a failure with a number takes.
    struct Argument {
        let fallback: Int
        let range: ClosedRange<Int>
    }

    /// What `NAME=N` may say; nil when the failure takes no number.
    var argument: Argument? {
        switch self {
        case .lateSessionInfo: Argument(fallback: 1, range: 0...1_000_000)
        case .slow: Argument(fallback: 1000, range: 0...3_600_000)
        case .burst: Argument(fallback: 1000, range: 1...100_000)
        case .big: Argument(fallback: 1 << 20, range: 0...64 << 20)
        case .status: Argument(fallback: 500, range: 300...599)
        case .hugeHead: Argument(fallback: 1 << 20, range: 0...16 << 20)
        default: nil
        }
    }
}

extension FailureKind {
    /// How it is asked for: `NAME`, or `NAME=N` with the default number in place of N.
    public var form: String { Failure(self).description }
}
