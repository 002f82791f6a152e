import Events
import Testing

@testable import Postmortem

/// What is played of a recorded answer.
struct AnswerPlaybackTests {
    private static let chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    private static let closingHead = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"

    /// A turn whose events are a millisecond apart.
    private static func turn(
        head: String? = chunkedHead,
        blocks: [String] = ["data: {}\n\n"],
        ending: RecordedTurn.Ending.Way?
    ) -> RecordedTurn {
        var turn = RecordedTurn(
            connection: 1,
            ordinal: 3,
            position: 3,
            request: .init(bytes: [], at: 1_000)
        )
        if let head { turn.head = .init(bytes: Array(head.utf8), at: 2_000) }
        for (index, block) in blocks.enumerated() {
            turn.blocks.append(.init(bytes: Array(block.utf8), at: 3_000 + Int64(index) * 1_000))
        }
        turn.ending = ending.map { .init(way: $0, at: 9_000) }
        return turn
    }

    private static func text(_ steps: [PlaybackStep]) -> String {
        steps.map { step in
            switch step {
            case .send(let bytes): String(decoding: bytes, as: UTF8.self)
            case .pause(let time): "<\(time)>"
            case .stall: "<stall>"
            case .close: "<close>"
            case .reset: "<reset>"
            }
        }.joined()
    }

    private static func played(_ turn: RecordedTurn, speed: Double = 1) -> String {
        text(AnswerPlayback(turn, speed: speed).steps)
    }

    @Test(arguments: StreamEnd.allCases)
    func aCompleteAnswer(end: StreamEnd) {
        let turn = Self.turn(blocks: ["data: 1\n\n", "data: 2"], ending: .ended(end))
        let body = "<1000>9\r\ndata: 1\n\n\r\n<1000>7\r\ndata: 2\r\n<5000>0\r\n\r\n"
        #expect(Self.played(turn) == "<1000>\(Self.chunkedHead)\(body)")
    }

    @Test(arguments: [(2.0, 500), (0.5, 2_000), (0, 1)])
    func theSpeedScalesTime(speed: Double, pause: Int64) {
        let turn = Self.turn(blocks: [], ending: nil)
        let expected = "<\(pause)>\(Self.chunkedHead)<stall>"
        #expect(Self.played(turn, speed: speed) == expected)
    }

    @Test func aLengthThatIsKnownWholeKeepsTheConnection() {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
        let whole = Self.turn(head: head, blocks: ["data: 1\n\n"], ending: .ended(.endOfBody))
        #expect(Self.played(whole) == "<1000>\(head)<1000>data: 1\n\n<6000>")
        let short = Self.turn(head: head, blocks: ["data:\n\n"], ending: .ended(.doneEvent))
        #expect(Self.played(short).hasSuffix("<close>"))
    }

    @Test(
        arguments: [
            (RequestFailure.brokenStream, "the connection was closed", "<6000><close>"),
            (.brokenStream, "Connection reset by peer", "<6000><reset>"),
            (.malformedResponse, "", "<6000>not-a-size\r\n\r\n<close>"),
            (.readTimeout, "", "<stall>"), (.cancelled, "", "<stall>"),
            (.finishTimeout, "", "<stall>"), (.gatewayStopping, "", "<stall>"),
            (.gatewayRestarted, "", "<stall>"), (.logFailed, "", "<stall>"),
            (.notEventStream, "", "0\r\n\r\n"), (.status, "no", "<6000>2\r\nno\r\n0\r\n\r\n"),
        ]
    )
    func failuresAfterTheHead(failure: RequestFailure, known: String, expected: String) {
        let turn = Self.turn(ending: .failed(failure, known: Array(known.utf8)))
        let beginning = "<1000>\(Self.chunkedHead)<1000>a\r\ndata: {}\n\n\r\n"
        #expect(Self.played(turn) == beginning + expected)
    }

    /// Where the end of the connection is the end of the body, only a reset breaks it off.
    @Test func aBodyUntilTheCloseIsReset() {
        let ending = RecordedTurn.Ending.Way.failed(.brokenStream, known: [])
        let turn = Self.turn(head: Self.closingHead, ending: ending)
        #expect(Self.played(turn).hasSuffix("<reset>"))
    }

    @Test(arguments: [
        RequestFailure.resolveFailed, .connectFailed, .connectTimeout, .brokenStream,
    ])
    func noAnswerAtAll(failure: RequestFailure) {
        let turn = Self.turn(head: nil, blocks: [], ending: .failed(failure, known: []))
        #expect(Self.played(turn).hasSuffix("<close>"))
        #expect(turn.hadNoConnection == (failure != .brokenStream))
    }

    /// A clock that was set back, and one that ran away.
    @Test(arguments: [(Int64.min, "<1>"), (.max, "<3600000000>")])
    func timesThatCannotBe(at: Int64, pause: String) {
        var turn = Self.turn(blocks: [], ending: nil)
        turn.head?.at = at
        turn.request.at = 0
        #expect(Self.played(turn).hasPrefix(pause))
    }
}
