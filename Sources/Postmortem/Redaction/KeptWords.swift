/// What a redaction keeps: the vocabulary of the protocol. All else is redacted, so that what is new or
/// unknown does not slip through.
enum KeptWords {
    /// What becomes of a string that is the value of a member of a message itself. Within its values all
    /// strings are redacted.
    enum Rule {
        /// Kept where it looks like an identifier of a program, not like text of a person.
        case identifier
        /// Kept where it is one of these.
        case oneOf([String])
        /// The id of a session, or a temporary one.
        case sessionID
    }

    /// How long an identifier may be, bytes.
    private static let identifierLimit = 64

    static let rules: [String: Rule] = [
        "type": .identifier, "event_type": .identifier, "status": .identifier,
        "code": .identifier, "error_code": .identifier, "version": .identifier,
        "service": .identifier, "call_id": .identifier, "approval_request_id": .identifier,
        "plan_id": .identifier, "subtask_id": .identifier, "request_id": .identifier,
        "message_id": .identifier, "id": .identifier,
        "session_id": .sessionID,
        "role": .oneOf(["user", "assistant", "system", "tool"]),
        "decision": .oneOf(["approve", "edit", "reject", "modify"]),
        "by": .oneOf(["ide", "gateway", "network"]),
        "authentication": .oneOf(["none", "key", "jwt"]),
        "session_info": .oneOf(["once", "always"]),
        "on_disconnect": .oneOf(["finish", "cancel"]),
    ]

    /// Names of members that stay, though their values do not.
    private static let names: Set<String> = [
        "content", "token", "reasoning", "result", "error", "reason", "feedback", "arguments",
        "modified_arguments", "agent_type", "tool_name", "message", "metadata", "is_final",
        "requires_approval", "detail", "headers", "target", "peer", "method", "bytes", "frames",
        "settings", "queue_messages", "queue_bytes", "missed_heartbeats", "from_agent", "to_agent",
    ]

    /// Whether the name of a member stays.
    static func keepsName(_ name: String) -> Bool { rules[name] != nil || names.contains(name) }

    /// Whether a text looks like an identifier: short, and letters, digits and `-._:` only.
    static func isIdentifier(_ text: String) -> Bool {
        text.utf8.count <= identifierLimit
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                    UInt8(ascii: "_"), UInt8(ascii: ":"):
                    true
                default: false
                }
            }
    }
}
