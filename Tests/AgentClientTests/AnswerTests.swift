import AgentClient
import Testing
import Wire

/// What the client makes of one answer.
struct AnswerTests {
    private static let ok = "HTTP/1.1 200 OK\r\n"
    private static let chunked = ok + "Transfer-Encoding: chunked\r\n\r\n"

    @Test(arguments: [
        (ok + "Content-Length: 3\r\n\r\nabc", "abc"),
        (ok + "Content-Length: 0\r\n\r\n", ""),
        (chunked + "2;x\r\nab\r\n1\r\nc\r\n0\r\nT: v\r\n\r\n", "abc"),
        ("HTTP/1.1 204 No Content\r\n\r\n", ""),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 E\r\nA: b\r\n\r\n" + ok
                + "Content-Length: 1\r\n\r\na", "a"
        ),
    ])
    func wholeOrByteByByte(answer: String, body: String) throws {
        for isSingly in [false, true] {
            let rig = try ClientRig { connection, _ in
                if isSingly { connection.sendSingly(answer) } else { connection.send(answer) }
            }
            let owner = try rig.call()
            #expect(owner.end == .completed(rest: ""))
            #expect(owner.text == body)
            #expect(owner.head?.isInterim == false)
        }
    }

    @Test func theEndOfTheConnectionEndsABodyOfUnknownLength() throws {
        let owner = try ClientRig(answering: Self.ok + "\r\nabc", closes: true).call()
        #expect(owner.end == .completed(rest: "") && owner.text == "abc")
    }

    @Test(
        arguments: [
            ("SSH-2.0-x\r\n\r\n", .malformedStatusLine),
            ("HTTP/1.1 99 X\r\n\r\n", .malformedStatusLine),
            (ok + "A b\r\n\r\n", .invalidFieldName),
            (ok + "Content-Length: x\r\n\r\n", .invalidContentLength),
            (ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", .invalidContentLength),
            (ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", .ambiguousLength),
            (ok + "Transfer-Encoding: gzip\r\n\r\n", .unsupportedTransferEncoding),
            (chunked + "x\r\n", .malformedChunk),
            (chunked + "1\r\nabc", .malformedChunk),
            (chunked + String(repeating: "0", count: 2_000), .chunkLineTooLong),
            (ok + "A: " + String(repeating: "b", count: 20_000), .headTooLarge),
        ] as [(String, HTTPViolation)]
    )
    func aMalformedAnswerIsTold(answer: String, violation: HTTPViolation) throws {
        let rig = try ClientRig(answering: answer)
        #expect(try rig.call().end == .failed(.malformed(violation), rest: ""))
        try rig.turn { rig.connections[0].end != nil }
    }

    @Test(arguments: [
        "", "HT", ok, ok + "Content-Length: 3\r\n\r\n", ok + "Content-Length: 3\r\n\r\nab",
        chunked, chunked + "3\r\nab", chunked + "2\r\nab\r\n", chunked + "2\r\nab\r\n0\r\n",
    ])
    func aBrokenOffAnswerIsTold(answer: String) throws {
        let owner = try ClientRig(answering: answer, closes: true).call()
        #expect(owner.end == .failed(.broken("the connection was closed"), rest: ""))
    }

    @Test func aResetIsTold() throws {
        let rig = try ClientRig { connection, _ in connection.socket.reset() }
        #expect(try rig.call().end == .failed(.broken("Connection reset by peer"), rest: ""))
    }

    @Test(arguments: ["", ok, chunked, chunked + "1\r\na\r\n"])
    func silenceIsTold(answer: String) throws {
        let owner = try ClientRig(answering: answer).call(silenceLimit: 20_000)
        #expect(owner.end == .failed(.silent(20_000), rest: ""))
    }

    @Test func whatIsNotDoneWithIsGivenAgain() throws {
        for (ending, end) in [
            ("0\r\n\r\n", RecordingOwner.End.completed(rest: "rest")),
            ("x", .failed(.malformed(.malformedChunk), rest: "rest")),
        ] {
            let owner = RecordingOwner()
            owner.takesLines = true
            let rig = try ClientRig { connection, _ in
                connection.sendSingly(Self.chunked + "9\r\na\nbc\nrest\r\n" + ending)
            }
            _ = rig.send(to: owner)
            try rig.turn { owner.end != nil }
            #expect(owner.text == "a\nbc\n" && owner.end == end)
        }
    }

    @Test func sixteenMebibytesEachWay() throws {
        let body = (0..<(16 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let rig = try ClientRig { connection, _ in
            connection.send(Self.ok + "Content-Length: \(body.count)\r\n\r\n")
            connection.socket.write(body)
        }
        let owner = try rig.call(body: body)
        #expect(owner.end == .completed(rest: ""))
        #expect(owner.body == body && rig.connections[0].body == body)
    }

    @Test func anAnswerMayComeBeforeTheBodyIsSent() throws {
        let rig = try ClientRig { _, _ in }
        rig.onHead { connection in
            connection.isDeaf = true
            connection.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno")
            connection.socket.finish()
        }
        let owner = try rig.call(body: [UInt8](repeating: 0, count: 16 << 20))
        #expect(owner.end == .completed(rest: ""))
        #expect(owner.head?.status == 413 && owner.text == "no")
    }

    /// The server does not even read on: the answer and the reset are there together.
    @Test func anAnswerIsReadBeforeTheReset() throws {
        let rig = try ClientRig { _, _ in }
        rig.onHead { connection in
            connection.isDeaf = true
            connection.onSent = { [unowned connection] in connection.socket.reset() }
            connection.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno")
        }
        let owner = try rig.call(body: [UInt8](repeating: 0, count: 16 << 20))
        #expect(owner.head?.status == 413 && owner.text == "no")
    }

    /// Interim answers can go on for ever; so they are silence.
    @Test func interimAnswersAreNoSignOfAnAnswer() throws {
        let rig = try ClientRig { _, _ in }
        let owner = RecordingOwner()
        let exchange = rig.send(silenceLimit: 50_000, to: owner)
        try rig.turn {
            rig.connections.first?.send("HTTP/1.1 102 Processing\r\n\r\n")
            return owner.end != nil
        }
        withExtendedLifetime(exchange) {}
        #expect(owner.end == .failed(.silent(50_000), rest: ""))
    }
}
