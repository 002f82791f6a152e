import Wire

/// What a connection will do to answer one message. Pure: made from the turn, the failures and the
/// pace alone, so that every failure can be looked at without a socket.
struct AnswerPlan {
    private(set) var steps: [AnswerStep] = []
    private let failures: FailureSet
    private let framing: AnswerFraming
    private let tokenDelay: Int64
    private let blocks: [AnswerBlock]
    private let encoded: [[UInt8]]

    /// - Parameter tokenDelay: microseconds before each token but the first.
    init(
        _ turn: Turn,
        _ failures: FailureSet,
        manner: SimulatorManner,
        tokenDelay: Int64,
        version: HTTPVersion = .http11
    ) {
        self.failures = failures
        self.tokenDelay = failures.has(.burst) ? 0 : tokenDelay
        framing = AnswerFraming(failures, version)
        blocks = AnswerBlocks.make(turn, failures, manner)
        encoded = BlockEncoder(failures).encode(blocks)
        plan()
    }

    private mutating func plan() {
        if failures.has(.refuse) { return steps.append(.close) }
        if failures.has(.noHead) { return steps.append(.stall) }
        if failures.has(.interim) { send(AnswerHead.interim) }
        if let whole = wholeAnswer { return send(whole) }
        let bodyBytes = encoded.reduce(0) { $0 + $1.count }
        send(AnswerHead.eventStream(framing, bodyBytes: bodyBytes, failures))
        if failures.has(.silent) { return steps.append(.stall) }
        if failures.has(.cutBeforeSessionInfo) { return steps.append(.close) }
        if planBody() { planEnd() }
    }

    /// An answer that is no event stream.
    private var wholeAnswer: [UInt8]? {
        if let status = failures.argument(.status) {
            return AnswerHead.refusal(status, "simulated failure")
        }
        return failures.has(.notEventStream) ? AnswerHead.json("{\"status\":\"ok\"}") : nil
    }

    /// The blocks; false when the answer breaks off among them.
    private mutating func planBody() -> Bool {
        let breakIndex = blocks.firstIndex { $0.role == .sessionInfo } ?? 0
        let cutIndex = min(breakIndex + 1, blocks.count - 1)
        var hasToken = false
        for (index, block) in blocks.enumerated() {
            pauseBefore(block, isFirstToken: !hasToken)
            if block.role == .token { hasToken = true }
            if index == cutIndex, breakWithin(encoded[index]) { return false }
            send(framing.frame(encoded[index]))
            if index == breakIndex, breakAfter() { return false }
        }
        return true
    }

    private mutating func pauseBefore(_ block: AnswerBlock, isFirstToken: Bool) {
        var pause = failures.argument(.slow).map { Int64($0) * 1000 } ?? 0
        if block.role == .token, !isFirstToken { pause += tokenDelay }
        if pause > 0 { steps.append(.pause(pause)) }
    }

    /// Whether the answer ends right after its session_info (without one: after its first block).
    private mutating func breakAfter() -> Bool {
        if failures.has(.cutAfterSessionInfo) {
            steps.append(.close)
        } else if failures.has(.reset) {
            steps.append(.reset)
        } else if failures.has(.badChunkSize) {
            send(Array("not-a-size\r\n".utf8))
            steps.append(.close)
        } else if failures.has(.unterminatedSessionInfo) {
            planEnd()
        } else {
            return false
        }
        return true
    }

    /// Whether the answer ends within this block.
    private mutating func breakWithin(_ bytes: [UInt8]) -> Bool {
        let half = bytes.count / 2
        if failures.has(.cutMidBlock) {
            send(framing.frame(Array(bytes[..<half])))
        } else if failures.has(.cutMidChunk) {
            send(framing.frame(bytes, only: half))
        } else {
            return false
        }
        steps.append(.close)
        return true
    }

    private mutating func planEnd() {
        if failures.has(.endless) {
            let token = BlockEncoder(failures).encode([
                AnswerBlock(.token, data: AgentChunk.token(" more").json(.documented))
            ])
            let every = max(tokenDelay, 1000)
            return steps.append(.sendForever(framing.frame(token.first ?? []), every: every))
        }
        switch framing {
        case .chunked: send(Array("0\r\n\r\n".utf8))
        case .length: break
        case .untilClose: steps.append(.close)
        }
    }

    /// With ``FailureKind/splitUTF8`` a write ends after every byte that begins or continues a
    /// character of several bytes, or ends a line. A millisecond apart, the client sees them apart.
    private mutating func send(_ bytes: [UInt8]) {
        guard failures.has(.splitUTF8) else { return steps.append(.send(bytes)) }
        var start = 0
        for (index, byte) in bytes.enumerated() where byte >= 0x80 || byte == 10 || byte == 13 {
            steps.append(.send(Array(bytes[start...index])))
            steps.append(.pause(1000))
            start = index + 1
        }
        if start < bytes.count { steps.append(.send(Array(bytes[start...]))) }
    }
}
