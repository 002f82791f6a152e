import AgentSimulator
import Postmortem
import Wire

/// An Agent Runtime that plays the answers of a record. Belongs to the loop's thread.
final class PlayedAgent: AnsweringAgent {
    private static let messagePath = "/agent/message/stream"

    /// Told of each message that was posted, and of each turn whose answer is over.
    var report: (ServedRequest) -> Void = { _ in }
    /// Called when every turn has been asked for and its answer is over.
    var finished: () -> Void = {}

    /// As long as the gateway keeps one itself, and longer: what closes is what the record says.
    let idleTimeout: Int64 = 3_600_000_000
    private let turns: [RecordedTurn]
    private let speed: Double
    private var matching: TurnMatching
    private var calls: [RecordedCall]
    private var requests = 0
    /// Turns being answered, by the number of their request.
    private var underWay: Set<Int> = []

    /// Messages that were not as recorded.
    private(set) var differences = 0

    init(_ turns: [RecordedTurn], _ calls: [RecordedCall], speed: Double) {
        self.turns = turns
        self.calls = calls
        self.speed = speed
        matching = TurnMatching(turns)
    }

    /// Turns that no message has asked for.
    var left: Int { matching.left.count }

    func answer(_ head: HTTPRequestHead, _ body: [UInt8], at now: Int64) -> AgentAnswer {
        requests += 1
        guard head.method == "POST", head.path == Self.messagePath else {
            return AgentAnswer(number: requests, steps: [.send(call(head))])
        }
        let match = matching.take(body)
        if match.difference != nil { differences += 1 }
        guard let index = match.turn else {
            report(ServedRequest(turn: nil, difference: match.difference))
            return AgentAnswer(
                number: requests,
                steps: [
                    .send(Self.json(status: 500, #"{"detail":"the record has no further turn"}"#))
                ]
            )
        }
        underWay.insert(requests)
        report(ServedRequest(turn: turns[index], number: index + 1, difference: match.difference))
        let steps = AnswerPlayback(turns[index], speed: speed).steps
        return AgentAnswer(number: requests, steps: steps.map(AnswerStep.init))
    }

    func ended(_ outcome: RecordedRequest.Outcome, of number: Int) {
        guard underWay.remove(number) != nil else { return }
        if underWay.isEmpty, left == 0 { finished() }
    }

    /// The recorded status, with a body of the recorded length: what stood in it is not recorded.
    private func call(_ head: HTTPRequestHead) -> [UInt8] {
        let target = head.target
        guard
            let index = calls.firstIndex(where: { $0.method == head.method && $0.target == target })
        else { return Self.json(status: 404, #"{"detail":"the record has no such call"}"#) }
        let call = calls[index]
        // The last of them answers all that come after it.
        let isRepeated = calls[(index + 1)...].contains {
            $0.method == call.method && $0.target == target
        }
        if isRepeated { calls.remove(at: index) }
        // What is no status of an answer cannot be played.
        let status = call.status.flatMap { 200...599 ~= $0 ? Int($0) : nil } ?? 500
        // RFC 9110 §6.4.1.
        if status == 204 || status == 304 { return Self.head(status, [:]) }
        let isGood = (200...299).contains(status)
        let length = max(2, isGood ? call.bytes : 2)
        return Self.json(status: status, "{" + String(repeating: " ", count: length - 2) + "}")
    }

    private static func json(status: Int, _ text: String) -> [UInt8] {
        let fields: HTTPFields = [
            "Content-Type": "application/json", "Content-Length": String(text.utf8.count),
        ]
        return head(status, fields) + Array(text.utf8)
    }

    private static func head(_ status: Int, _ fields: HTTPFields) -> [UInt8] {
        var bytes: [UInt8] = []
        try? HTTPHeadWriter.append(HTTPResponseHead(status: status, fields: fields), to: &bytes)
        return bytes
    }
}

extension AnswerStep {
    /// The same step in the words of the server that does it.
    init(_ step: PlaybackStep) {
        switch step {
        case .send(let bytes): self = .send(bytes)
        case .pause(let time): self = .pause(time)
        case .stall: self = .stall
        case .close: self = .close
        case .reset: self = .reset
        }
    }
}
