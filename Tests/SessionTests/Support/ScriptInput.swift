import Events

/// One line of a script: a word that says what came, and the rest.
struct ScriptInput {
    let kind: UInt8
    let detail: Int64
    let body: [UInt8]

    init(_ kind: EventKind, detail: Int64 = 0, body: [UInt8] = []) {
        self.init(kind: kind.rawValue, detail: detail, body: body)
    }

    private init(kind: UInt8, detail: Int64, body: [UInt8]) {
        self.kind = kind
        self.detail = detail
        self.body = body
    }

    /// Whether it came in answer to the request under way.
    var isAnswer: Bool {
        switch EventKind(rawValue: kind) {
        case .responseStarted, .chunkReceived, .streamEnded, .requestFailed: true
        default: false
        }
    }

    init?(_ line: Substring) {
        let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard let word = parts.first else { return nil }
        let rest = parts.count > 1 ? parts[1] : ""
        guard let input = Self.fromIDE(word, rest) ?? Self.fromAgent(word, rest) else { return nil }
        self = input
    }

    private static func fromIDE(_ word: String, _ rest: String) -> ScriptInput? {
        switch word {
        case "opened": opened(rest)
        case "text": frame(1, rest)
        case "binary": frame(2, rest)
        case "ping": frame(9, rest)
        case "pong": frame(10, rest)
        case "close":
            ScriptInput(
                .frameReceived,
                detail: FrameDetail(opcode: 8).detail,
                body: Int(rest).map { [UInt8($0 >> 8), UInt8($0 & 255)] } ?? []
            )
        case "violation":
            ScriptInput(.frameRejected, detail: 1002, body: Array(rest.utf8))
        case "lost":
            ScriptInput(
                .connectionClosed,
                detail: 1006,
                body: ConnectionClosed(by: .network, reason: rest).body
            )
        case "delivered":
            ScriptInput(
                .framesDelivered,
                detail: Int64(rest) ?? 0,
                body: FramesDelivered(frames: 1, bytes: 1).body
            )
        case "heartbeat": ScriptInput(.timerElapsed, detail: TimerKind.heartbeat.rawValue)
        default: nil
        }
    }

    private static func fromAgent(_ word: String, _ rest: String) -> ScriptInput? {
        switch word {
        case "status":
            ScriptInput(.responseStarted, detail: Int64(rest) ?? 0, body: Array("HTTP/1.1".utf8))
        case "chunk": ScriptInput(.chunkReceived, body: Array("data: \(rest)\n\n".utf8))
        case "block": ScriptInput(.chunkReceived, body: unescaped(rest))
        case "unterminated":
            ScriptInput(
                .chunkReceived,
                detail: ChunkDetail.unterminated.rawValue,
                body: unescaped(rest)
            )
        case "end": ScriptInput(.streamEnded)
        case "failed": failed(rest)
        case "unknown": UInt8(rest).map { ScriptInput(kind: $0, detail: 0, body: []) }
        default: nil
        }
    }

    private static func frame(_ opcode: UInt8, _ payload: String) -> ScriptInput {
        let detail = FrameDetail(opcode: opcode).detail
        return ScriptInput(.frameReceived, detail: detail, body: Array(payload.utf8))
    }

    /// `opened ID name=value …` with the settings as they are recorded.
    private static func opened(_ rest: String) -> ScriptInput {
        let words = rest.split(separator: " ").map(String.init)
        var policy = SessionPolicy()
        for setting in words.dropFirst() {
            let pair = setting.split(separator: "=").map(String.init)
            let number = Int(pair[1]) ?? 0
            switch pair[0] {
            case "session_info": policy.sessionInfo = .init(rawValue: pair[1]) ?? .once
            case "on_disconnect": policy.onDisconnect = .init(rawValue: pair[1]) ?? .finish
            case "queue_messages": policy.queueMessages = number
            case "queue_bytes": policy.queueBytes = number
            case "missed_heartbeats": policy.missedHeartbeats = number
            default: break
            }
        }
        let opening = ConnectionOpened(
            id: words.first ?? "",
            target: "/ws",
            peer: "127.0.0.1:1",
            authentication: "none",
            fields: [],
            policy: policy
        )
        return ScriptInput(.connectionOpened, body: opening.body)
    }

    /// `failed KIND reason`.
    private static func failed(_ rest: String) -> ScriptInput? {
        let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
        guard let failure = RequestFailure.allCases.first(where: { "\($0)" == parts.first }) else {
            return nil
        }
        let reason = parts.count > 1 ? parts[1] : ""
        return ScriptInput(.requestFailed, detail: failure.rawValue, body: Array(reason.utf8))
    }

    /// A raw block, in which `\n`, `\r` and `\u{FEFF}` are written out.
    private static func unescaped(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "\\", let mark = rest.popFirst() else {
                bytes += Array(String(character).utf8)
                continue
            }
            switch mark {
            case "n": bytes.append(10)
            case "r": bytes.append(13)
            case "b": bytes += [0xEF, 0xBB, 0xBF]
            default: bytes += [UInt8(ascii: "\\")] + Array(String(mark).utf8)
            }
        }
        return bytes
    }
}
