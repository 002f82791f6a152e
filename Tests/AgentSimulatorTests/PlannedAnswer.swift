import Wire

@testable import AgentSimulator

/// What a client makes of an answer's steps.
struct PlannedAnswer {
    enum End: Equatable {
        case waits, closes, resets, stalls, goesOn
    }

    /// All heads, the interim ones first.
    private(set) var heads: [HTTPResponseHead] = []
    /// The body, chunks taken apart.
    private(set) var body = ""
    /// Whether the body's end was told as its framing has it.
    private(set) var isComplete = false
    /// What broke HTTP.
    private(set) var violation: HTTPViolation?
    private(set) var end = End.waits
    /// How many writes the answer comes in.
    private(set) var writes = 0
    /// All pauses in microseconds.
    private(set) var pauses: [Int64] = []

    var status: Int? { heads.last?.status }

    init(_ steps: [AnswerStep]) {
        var bytes: [UInt8] = []
        for step in steps {
            switch step {
            case .send(let part):
                bytes += part
                writes += 1
            case .pause(let time): pauses.append(time)
            case .sendForever(let part, _):
                bytes += part
                end = .goesOn
            case .stall: end = .stalls
            case .close: end = .closes
            case .reset: end = .resets
            }
        }
        do { try read(bytes) } catch { violation = error }
    }

    /// The answer to a new session's first message: session `s`, tokens `a` and `b`.
    init(
        failures: [Failure],
        manner: SimulatorManner = .documented,
        isNewSession: Bool = true,
        tokenDelay: Int64 = 0,
        version: HTTPVersion = .http11
    ) {
        let turn = Turn(
            sessionID: "s",
            isNewSession: isNewSession,
            isUserMessage: true,
            chunks: [.token("a"), .token("b", isFinal: true)]
        )
        self.init(
            AnswerPlan(
                turn,
                FailureSet(failures),
                manner: manner,
                tokenDelay: tokenDelay,
                version: version
            ).steps
        )
    }

    private mutating func read(_ bytes: [UInt8]) throws(HTTPViolation) {
        var parser = HTTPHeadParser(limits: HTTPLimits(maxHeadBytes: 1 << 22))
        var rest = bytes
        while let (head, count) = try parser.parseResponse(rest.span) {
            heads.append(head)
            rest.removeFirst(count)
            if !head.isInterim { break }
        }
        guard let head = heads.last else { return }
        var decoder = try HTTPBodyDecoder(head.bodyFraming(toMethod: "POST"))
        var content: [UInt8] = []
        defer { body = String(decoding: content, as: UTF8.self) }
        _ = try decoder.decode(rest.span, into: &content)
        if end == .closes, head.value(of: "Connection") == "close" { try decoder.endOfInput() }
        isComplete = decoder.isComplete
    }
}
