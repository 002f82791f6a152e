import IOLoop
import Wire

/// The Agent Runtime behind the sockets: requests in, steps of answers out.
final class SimulatedAgent: AnsweringAgent {
    static let messagePath = "/agent/message/stream"

    let options: SimulatorOptions
    var sessions: SimulatedSessions
    private let record: RequestRecord
    private var postCount = 0

    /// - Parameter seed: part of all ids.
    init(_ options: SimulatorOptions, seed: String, record: RequestRecord) {
        self.options = options
        self.record = record
        sessions = SimulatedSessions(seed: seed)
    }

    var idleTimeout: Int64 { options.idleTimeout ?? options.manner.idleTimeout }

    /// Answers a request. `now` is wall time in microseconds since 1970-01-01T00:00:00Z.
    func answer(_ head: HTTPRequestHead, _ body: [UInt8], at now: Int64) -> AgentAnswer {
        let isMessage = head.path == Self.messagePath
        let request = isMessage ? Result { try AgentRequest(body.span) } : nil
        let sessionID = try? request?.get().sessionID
        let number = record.add(head, body, sessionID: sessionID ?? nil)
        if head.path != "/health", let key = options.internalKey,
            head.value(of: "X-Internal-Auth") != key
        {
            return AgentAnswer(
                number: number,
                steps: [.send(AnswerHead.refusal(401, "unauthorized"))]
            )
        }
        guard let request else {
            return AgentAnswer(number: number, steps: [.send(rest(head, at: now))])
        }
        return AgentAnswer(number: number, steps: steps(head, request, at: now))
    }

    /// Takes note of how an answer ended.
    func ended(_ outcome: RecordedRequest.Outcome, of number: Int) {
        record.set(outcome, of: number)
    }

    private func steps(
        _ head: HTTPRequestHead,
        _ request: Result<AgentRequest, any Error>,
        at now: Int64
    ) -> [AnswerStep] {
        guard head.method == "POST" else {
            return [.send(AnswerHead.refusal(405, "method not allowed"))]
        }
        postCount += 1
        do {
            return try steps(request.get(), head.version, at: now)
        } catch let violation as AgentRequest.Violation {
            return [.send(AnswerHead.refusal(422, violation.detail))]
        } catch {
            return [.send(AnswerHead.refusal(400, "\(error)"))]
        }
    }

    private func steps(
        _ request: AgentRequest,
        _ version: HTTPVersion,
        at now: Int64
    ) throws -> [AnswerStep] {
        let (marked, content) = try FailureMarker.read(request.content)
        let asked = options.failures + options.script.failures(ofPost: postCount) + marked
        let turn = sessions.answer(request, content: content, manner: options.manner, at: now)
        guard let turn else {
            throw AgentRequest.Violation(detail: "unknown message type \(request.type)")
        }
        return AnswerPlan(
            turn,
            FailureSet(asked),
            manner: options.manner,
            tokenDelay: options.tokenDelay,
            version: version
        ).steps
    }
}
