import AgentClient
import Events
import IOLoop
import Wire

/// A REST call on its way through: on record before it goes to the agent, and its answer on record
/// before it goes to the caller.
final class RESTCall {
    /// The longest answer, in bytes.
    private static let maxAnswerBytes = 64 << 20

    private let method: String
    private let target: String
    /// What the agent gets; nil: nothing, as with a GET, and so nothing is put on record either.
    private let body: [UInt8]?
    private let contentType: String?
    private unowned let caller: HTTPConnection
    private var answer: WholeAnswer?
    private var isCancelled = false
    /// Whether its outcome is on record.
    private var isRecorded = false
    private var forwarded: Int64 = 0

    init(
        _ method: String,
        _ target: String,
        head: HTTPRequestHead,
        body: [UInt8],
        caller: HTTPConnection
    ) {
        self.method = method
        self.target = target
        self.body = method == "GET" ? nil : body
        self.caller = caller
        contentType = head.value(of: "Content-Type")
    }

    /// Records the call and, when that is done, sends it.
    func start() {
        let line = Array("\(method) \(target)\n".utf8)
        forwarded = caller.record(.restForwarded, line + (body ?? []))
        caller.server.recorder.whenCommitted(.perform { [self] in send() })
    }

    /// The caller has gone: its call ends, on record with the status 499.
    func cancel() {
        abandon()
        if !isRecorded { recordOutcome(status: 499, bytes: 0) }
    }

    /// The call ends without a trace: the log cannot be written.
    func abandon() {
        isCancelled = true
        answer?.cancel()
        answer = nil
    }

    private func send() {
        guard !isCancelled else { return }
        let settings = caller.server.settings
        var fields: HTTPFields = ["X-Internal-Auth": settings.internalKey]
        fields.append("Accept", "application/json")
        if let body, !body.isEmpty {
            fields.append("Content-Type", contentType ?? "application/json")
        }
        let request = AgentRequest(
            AgentRequestHead(method, target, to: settings.agentURL, fields: fields),
            body: body,
            silenceLimit: settings.requestTimeout
        )
        answer = WholeAnswer(
            to: request,
            by: caller.server.client,
            maxBytes: Self.maxAnswerBytes
        ) { [self] in finish($0) }
    }

    private func finish(_ outcome: WholeAnswer.Outcome) {
        answer = nil
        let reply = reply(to: outcome)
        recordOutcome(status: reply.status, bytes: reply.body.count)
        caller.server.recorder.whenCommitted(
            .perform { [self] in if !isCancelled { caller.answer(reply) } }
        )
    }

    /// What the caller gets.
    private func reply(to outcome: WholeAnswer.Outcome) -> HTTPAnswer {
        switch outcome {
        case .failure(let failure):
            return .agentError(500, "Gateway error", failure.description.utf8.span)
        case .success((let head, let body)) where (200...299).contains(head.status):
            let type = head.value(of: "Content-Type") ?? "application/json"
            return HTTPAnswer(status: head.status, contentType: type, body: body)
        case .success((let head, let body)):
            // A status that cannot have a body cannot be passed on with one (RFC 9112 §6.3).
            let canHaveBody = head.status >= 200 && head.status != 304
            let text = "Agent Runtime error: \(head.status)"
            return .agentError(canHaveBody ? head.status : 500, text, body.span)
        }
    }

    private func recordOutcome(status: Int, bytes: Int) {
        isRecorded = true
        let outcome = RESTExchanged(method: method, target: target, bytes: bytes)
        _ = caller.record(
            .restExchanged,
            cause: forwarded,
            detail: Int64(status),
            outcome.body
        )
    }
}
