import Wire

/// What the check reads of a frame from the gateway.
struct AgentFrame: Equatable {
    /// The frame's `type`; nil when it is no JSON object or has none.
    var type: String?
    /// `session_id`, when it is a string.
    var sessionID: String?
    /// `is_final`, when it is true or false.
    var isFinal: Bool?
    /// `content`, when it is a string.
    var content: String?
}

extension AgentFrame {
    /// Reads the text of a frame.
    init(_ text: String) {
        var scanner = JSONScanner()
        let bytes = Array(text.utf8)
        guard (try? scanner.scan(bytes.span)) == .object else { return }
        type = scanner.member("type", in: bytes.span)?.string(in: bytes.span)
        sessionID = scanner.member("session_id", in: bytes.span)?.string(in: bytes.span)
        content = scanner.member("content", in: bytes.span)?.string(in: bytes.span)
        switch scanner.member("is_final", in: bytes.span)?.kind {
        case .true: isFinal = true
        case .false: isFinal = false
        default: isFinal = nil
        }
    }

    /// Whether it tells the session's id.
    var isSessionInfo: Bool { type == "session_info" }

    /// Whether it only leads up to an answer: after such a frame silence is no end.
    var isPreliminary: Bool {
        switch type {
        case "session_info", "status", "switch_agent", "agent_switched": true
        default: false
        }
    }

    /// The type, for people.
    var name: String { type ?? "a frame without a type" }
}
