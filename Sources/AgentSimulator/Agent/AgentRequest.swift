import Wire

/// The body of `POST /agent/message/stream`: `{"session_id"?:…,"message":{…}}`.
struct AgentRequest: Equatable {
    /// Nil: a new session is to be made.
    var sessionID: String?
    /// The message's members that are strings, of the names that mean something here.
    private var texts: [Member: String] = [:]

    private enum Member: CaseIterable {
        case type, content, callID, decision, approvalRequestID, agentType
    }

    /// Why a body is no request, in words for the answer.
    struct Violation: Error, Equatable {
        let detail: String
    }

    /// Reads a body.
    init(_ body: Span<UInt8>) throws(Violation) {
        var scanner = JSONScanner()
        guard (try? scanner.scan(body)) == .object else {
            throw Violation(detail: "the body is not a JSON object")
        }
        if let member = scanner.member("session_id", in: body), member.kind != .null {
            guard let id = member.string(in: body), !id.isEmpty else {
                throw Violation(detail: "session_id is not a non-empty string")
            }
            sessionID = id
        }
        guard let member = scanner.member("message", in: body), member.kind == .object else {
            throw Violation(detail: "message is not an object")
        }
        try read(message: body.extracting(member.value), &scanner)
    }

    var type: String { texts[.type] ?? "" }
    var content: String { texts[.content] ?? "" }
    var callID: String { texts[.callID] ?? "" }
    var decision: String { texts[.decision] ?? "" }
    var approvalRequestID: String { texts[.approvalRequestID] ?? "" }
    var agentType: String { texts[.agentType] ?? "" }

    private mutating func read(
        message: Span<UInt8>,
        _ scanner: inout JSONScanner
    ) throws(Violation) {
        _ = try? scanner.scan(message)
        for member in Member.allCases {
            texts[member] = scanner.member(Self.name(of: member), in: message)?
                .string(in: message)
        }
        guard texts[.type] != nil else { throw Violation(detail: "message.type is not a string") }
    }

    private static func name(of member: Member) -> StaticString {
        switch member {
        case .type: "type"
        case .content: "content"
        case .callID: "call_id"
        case .decision: "decision"
        case .approvalRequestID: "approval_request_id"
        case .agentType: "agent_type"
        }
    }
}
