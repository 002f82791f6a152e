import AgentClient
import Events
import IOLoop
import Wire

/// A REST call on its way through: on record before it goes to the agent, and its answer on record
/// before it goes to the caller.
final class RESTCall: AgentExchangeOwner {
    /// The longest answer, in bytes.
    private static let maxAnswerBytes = 64 << 20

    private let method: String
    private let target: String
    private let body: [UInt8]
    private let contentType: String?
    private unowned let caller: HTTPConnection
    private var exchange: AgentExchange?
    private var isCancelled = false
    /// Whether its outcome is on record.
    private var isRecorded = false
    private var forwarded: Int64 = 0
    private var status = 0
    private var answerType: String?
    private var answer: [UInt8] = []

    init(
        _ method: String,
        _ target: String,
        head: HTTPRequestHead,
        body: [UInt8],
        caller: HTTPConnection
    ) {
        self.method = method
        self.target = target
        self.body = body
        self.caller = caller
        contentType = head.value(of: "Content-Type")
    }

    /// Records the call and, when that is done, sends it.
    func start() {
        let line = Array("\(method) \(target)\n".utf8)
        forwarded = caller.record(.restForwarded, line + body)
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
        exchange?.cancel()
        exchange = nil
    }

    private func send() {
        guard !isCancelled else { return }
        let settings = caller.server.settings
        var fields: HTTPFields = ["X-Internal-Auth": settings.internalKey]
        fields.append("Accept", "application/json")
        if !body.isEmpty { fields.append("Content-Type", contentType ?? "application/json") }
        let request = AgentRequest(
            AgentRequestHead(method, target, to: settings.agentURL, fields: fields),
            body: method == "GET" ? nil : body,
            silenceLimit: settings.requestTimeout
        )
        exchange = caller.server.client.send(request, owner: self)
    }

    func exchange(_ exchange: AgentExchange, began head: HTTPResponseHead, raw: Span<UInt8>) {
        status = head.status
        answerType = head.value(of: "Content-Type")
    }

    func exchange(_ exchange: AgentExchange, received body: Span<UInt8>) -> Int {
        guard answer.count + body.count <= Self.maxAnswerBytes else {
            exchange.cancel()
            finish(failure: "the agent's answer is longer than \(Self.maxAnswerBytes) bytes")
            return body.count
        }
        answer.append(copying: body)
        return body.count
    }

    func exchange(_ exchange: AgentExchange, completed rest: Span<UInt8>) { finish(failure: nil) }

    func exchange(_ exchange: AgentExchange, failed failure: AgentFailure, rest: Span<UInt8>) {
        finish(failure: failure.description)
    }

    private func finish(failure: String?) {
        exchange = nil
        guard !isCancelled else { return }
        let reply: HTTPAnswer
        if let failure {
            reply = .agentError(500, "Gateway error", failure.utf8.span)
        } else if (200...299).contains(status) {
            let type = answerType ?? "application/json"
            reply = HTTPAnswer(status: status, contentType: type, body: answer)
        } else {
            // A status that cannot have a body cannot be passed on with one (RFC 9112 §6.3).
            let canHaveBody = status >= 200 && status != 304
            let text = "Agent Runtime error: \(status)"
            reply = .agentError(canHaveBody ? status : 500, text, answer.span)
        }
        recordOutcome(status: reply.status, bytes: reply.body.count)
        caller.server.recorder.whenCommitted(
            .perform { [self] in if !isCancelled { caller.answer(reply) } }
        )
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
