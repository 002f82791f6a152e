import Events
import Wire

// What is played of a recorded answer, by how it ended:
//
//     recorded end                          played after the recorded blocks
//     ───────────────────────────────────── ─────────────────────────────────────────────
//     streamEnded                           the end of the body, as the head announced it
//     requestFailed status, notEventStream  the recorded beginning of the body, then its end
//     requestFailed brokenStream            close; reset when the reason says so
//     requestFailed malformedResponse       a chunk size that is none, or no HTTP at all
//     no connection (resolve, connect)      close without an answer
//     readTimeout, the gateway's own ends,  silence until the client leaves
//     no end in the log
//
// The log has the blocks of a body, not the chunks of HTTP that it came in: each block is a chunk of
// its own here.

/// Makes the steps that play a recorded answer. Pure.
public struct AnswerPlayback {
    /// The steps.
    public private(set) var steps: [PlaybackStep] = []
    private let speed: Double
    private var framing = HTTPBodyFraming.none
    private var bodyBytes = 0
    private var last: Int64

    /// Plans an answer.
    ///
    /// - Parameter speed: 1: in the recorded time; 2: twice as fast; 0: at once.
    public init(_ turn: RecordedTurn, speed: Double) {
        self.speed = speed
        last = turn.request.at
        if let head = turn.head { play(head: head) }
        for block in turn.blocks {
            wait(until: block.at)
            append(body: block.bytes)
        }
        if let ending = turn.ending {
            play(ending, hasHead: turn.head != nil)
        } else {
            steps.append(.stall)
        }
    }

    private mutating func play(head: RecordedTurn.Part) {
        wait(until: head.at)
        var parser = HTTPHeadParser(limits: HTTPLimits())
        let parsed = try? parser.parseResponse(head.bytes.span)
        framing = (try? parsed?.head.bodyFraming(toMethod: "POST")) ?? .untilClose
        steps.append(.send(head.bytes))
    }

    private mutating func append(body: [UInt8]) {
        bodyBytes += body.count
        guard framing == .chunked else { return steps.append(.send(body)) }
        var chunk: [UInt8] = []
        HTTPChunkWriter.append(body.span, to: &chunk)
        steps.append(.send(chunk))
    }

    private mutating func play(_ ending: RecordedTurn.Ending, hasHead: Bool) {
        switch ending.way {
        case .ended:
            wait(until: ending.at)
            endBody()
        case .failed(let failure, let known):
            play(failure, known, at: ending.at, hasHead: hasHead)
        }
    }

    private mutating func play(
        _ failure: RequestFailure,
        _ known: [UInt8],
        at: Int64,
        hasHead: Bool
    ) {
        switch failure {
        case .status:
            wait(until: at)
            append(body: known)
            endBody()
        case .notEventStream: endBody()
        case .brokenStream:
            wait(until: at)
            let wasReset = String(decoding: known, as: UTF8.self).contains("reset")
            // The end of the connection would be the proper end of such a body.
            let isEndOfBody = hasHead && framing == .untilClose
            steps.append(wasReset || isEndOfBody ? .reset : .close)
        case .malformedResponse:
            wait(until: at)
            if !hasHead || framing == .chunked {
                steps.append(.send(Array("not-a-size\r\n\r\n".utf8)))
            }
            steps.append(.close)
        case .resolveFailed, .connectFailed, .connectTimeout: steps.append(.close)
        case .readTimeout, .cancelled, .finishTimeout, .gatewayStopping, .gatewayRestarted,
            .logFailed:
            steps.append(.stall)
        }
    }

    /// Where less of a body is known than its head announced, the connection has to end instead.
    private mutating func endBody() {
        switch framing {
        case .none: break
        case .chunked: steps.append(.send(Array("0\r\n\r\n".utf8)))
        case .length(let length): if bodyBytes != length { steps.append(.close) }
        case .untilClose: steps.append(.close)
        }
    }

    /// A pause is there even when no time has passed: what is around it is sent apart.
    private mutating func wait(until at: Int64) {
        let passed = at.subtractingReportingOverflow(last).partialValue
        last = at
        let bounded = min(max(0, passed), 3_600_000_000)
        let scaled = speed > 0 ? Double(bounded) / speed : 0
        steps.append(.pause(max(1, Int64(min(scaled, 86_400_000_000)))))
    }
}
