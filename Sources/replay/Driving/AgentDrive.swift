import BlockingWebSocket
import Events
import Postmortem
import Wire

/// Posts what was posted in a recorded dialogue to an Agent Runtime, one turn after the other.
final class AgentDrive {
    private let turns: [RecordedTurn]
    private let target: HTTPBaseURL
    private let fields: HTTPFields
    private let pace: DrivePace
    private let say: (String) -> Void
    private let isStrict: Bool
    private var mapping = IDMapping()

    init(
        _ turns: [RecordedTurn],
        to target: HTTPBaseURL,
        fields: HTTPFields,
        _ pace: DrivePace,
        isStrict: Bool,
        say: @escaping (String) -> Void
    ) {
        self.turns = turns
        self.target = target
        self.fields = fields
        self.pace = pace
        self.isStrict = isStrict
        self.say = say
    }

    /// Does everything. Throws ``CommandFailure`` when the agent cannot be reached.
    func run() throws -> [DriveOutcome] {
        var outcomes: [DriveOutcome] = []
        for (index, turn) in turns.enumerated() {
            if pace.isStepped {
                let body = TerminalText.make(turn.request.bytes, limit: 70)
                say("next, turn \(index + 1): post \(body) (Enter)")
                StepByHand.take()
            }
            outcomes.append(try post(turn, number: index + 1))
        }
        return outcomes
    }

    private func post(_ turn: RecordedTurn, number: Int) throws -> DriveOutcome {
        let recorded = turn.blocks.compactMap { Self.data($0.bytes) }
        let length = (turn.ending?.at ?? turn.request.at).subtractingReportingOverflow(
            turn.request.at
        )
        var answer = AgentAnswerReading()
        do throws(AgentUnreachable) {
            try answer.post(
                mapping.rewritten(turn.request.bytes),
                to: target,
                fields: fields,
                timeout: pace.patience + pace.scaled(length.partialValue)
            )
        } catch {
            if number == 1, !turn.hadNoConnection {
                throw CommandFailure(
                    TerminalText.make("\(error.target) is no agent that can be driven: \(error)")
                )
            }
            answer.end = "no connection"
        }
        let found = answer.blocks.compactMap { Self.data($0) }
        for (old, new) in zip(recorded.filter(Self.isSessionInfo), found.filter(Self.isSessionInfo))
        {
            mapping.learn(recorded: old, found: new)
        }
        for (old, new) in zip(recorded, found)
        where FrameShape(old).type == FrameShape(new).type {
            mapping.learn(recorded: old, found: new)
        }
        return DriveOutcome(
            connection: turn.connection,
            liveID: "turn \(number)",
            frames: FrameComparison(
                expected: recorded.map { frame(mapping.rewritten($0), number) },
                found: found.map { frame($0, number) },
                isStrict: isStrict
            ),
            end: .init(expected: Self.end(of: turn), found: answer.end)
        )
    }

    private func frame(_ data: [UInt8], _ number: Int) -> FrameComparison.Frame {
        FrameComparison.Frame(FrameShape(data, isStrict: isStrict), message: number)
    }

    private static func isSessionInfo(_ data: [UInt8]) -> Bool {
        FrameShape(data).type == "session_info"
    }

    /// The data of a block; nil: it has none.
    private static func data(_ block: [UInt8]) -> [UInt8]? {
        var reader = SSEBlockReader()
        reader.read(block.span, isFirst: true)
        guard reader.dataLineCount > 0 else { return nil }
        return reader.withData(in: block.span) { data in
            data.withUnsafeBufferPointer { Array($0) }
        }
    }

    /// How the recorded answer ended, as far as a client can tell.
    private static func end(of turn: RecordedTurn) -> String {
        guard let ending = turn.ending else { return "silent" }
        switch ending.way {
        case .ended: return "complete"
        case .failed(let failure, _):
            switch failure {
            case .status: return "status \(status(turn))"
            case .notEventStream: return "no event stream"
            case .brokenStream: return "broken off"
            case .malformedResponse: return "malformed"
            case .resolveFailed, .connectFailed, .connectTimeout: return "no connection"
            case .readTimeout, .cancelled, .finishTimeout, .gatewayStopping, .gatewayRestarted,
                .logFailed:
                return "silent"
            }
        }
    }

    private static func status(_ turn: RecordedTurn) -> Int {
        var parser = HTTPHeadParser()
        let bytes = turn.head?.bytes ?? []
        return (try? parser.parseResponse(bytes.span))?.head.status ?? 0
    }
}
