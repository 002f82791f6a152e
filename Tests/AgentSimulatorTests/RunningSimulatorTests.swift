import Glibc
import IOLoop
import Testing

@testable import AgentSimulator

private func start(_ change: (inout SimulatorOptions) -> Void = { _ in }) throws -> RunningSimulator
{
    var options = SimulatorOptions()
    change(&options)
    return try .start(options)
}

/// The end of a chunked body.
private let bodyEnd = "\r\n0\r\n\r\n"

struct RunningSimulatorTests {
    @Test func oneConnectionServesManyRequests() throws {
        let simulator = try start()
        let client = try TestClient(port: simulator.port)
        for number in 1...3 {
            client.post("Hello \(number)")
            let answer = client.read(until: bodyEnd)
            #expect(answer.contains("session_info") && answer.contains(" \(number)"))
        }
        client.write("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        #expect(client.readToEnd().end == .endOfInput)
        #expect(simulator.posts().count == 3)
        #expect(simulator.requests().map(\.path).last == "/health")
    }

    @Test func requestsMayComeByteByByteOrAllAtOnce() throws {
        let simulator = try start()
        let body = #"{"session_id":"s","message":{"type":"user_message","content":"a"}}"#
        let request = TestClient.request(body: body)
        let slow = try TestClient(port: simulator.port)
        for character in request { slow.write(String(character)) }
        #expect(slow.read(until: bodyEnd).contains("You"))
        let quick = try TestClient(port: simulator.port)
        quick.write(request + request + "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(quick.read(until: "not found").contains("404"))
        #expect(simulator.posts().map(\.sessionID) == ["s", "s", "s"])
        #expect(simulator.posts().allSatisfy { $0.text == body && $0.outcome == .answered })
    }

    @Test func aRequestThatCameDuringAPauseIsServedAfterIt() throws {
        let simulator = try start { $0.tokenDelay = 1000 }
        let client = try TestClient(port: simulator.port)
        client.post("Hello")
        client.write("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.read(until: "not found").contains(bodyEnd))
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\nHost: a\n\n", 400),
        ("NONSENSE\r\n\r\n", 400), ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400),
    ])
    func badRequestsAreRefusedAndTheConnectionCloses(request: String, status: Int) throws {
        let simulator = try start()
        let client = try TestClient(port: simulator.port)
        client.write(request)
        let (text, end) = client.readToEnd()
        #expect(text.hasPrefix("HTTP/1.1 \(status) "))
        #expect(end == .endOfInput)
        #expect(simulator.requests().isEmpty)
    }

    @Test func theKeyIsChecked() throws {
        let simulator = try start { $0.internalKey = "k" }
        let client = try TestClient(port: simulator.port)
        client.post("Hello", fields: "X-Internal-Auth: x\r\n")
        #expect(client.read(until: "}").hasPrefix("HTTP/1.1 401 "))
        client.post("Hello", fields: "x-internal-auth: k\r\n")
        #expect(client.read(until: bodyEnd).hasPrefix("HTTP/1.1 200 "))
        #expect(simulator.posts().map { $0.fields.value(of: "X-Internal-Auth") } == ["x", "k"])
    }

    @Test(arguments: [
        FailureKind.cutBeforeSessionInfo, .cutAfterSessionInfo, .cutMidBlock, .cutMidChunk,
        .badChunkSize, .refuse, .untilClose,
    ])
    func whatClosesIsSentWholeBeforeTheEnd(kind: FailureKind) throws {
        let simulator = try start()
        let client = try TestClient(port: simulator.port)
        client.post("Hello #fail:\(kind.rawValue)")
        let (text, end) = client.readToEnd()
        #expect(end == .endOfInput)
        #expect(text.isEmpty == (kind == .refuse))
        let announces = ![.refuse, .cutBeforeSessionInfo].contains(kind)
        #expect(text.contains("session_info") == announces)
        #expect(!text.contains(bodyEnd))
    }

    @Test func aResetComesAfterWhatWasSent() throws {
        let simulator = try start()
        let client = try TestClient(port: simulator.port)
        client.post("Hello #fail:reset")
        let (text, end) = client.readToEnd()
        #expect(text.contains("session_info"))
        #expect(end == .failed(ECONNRESET))
    }

    @Test func refusedByOptionConnectionsCloseAtOnce() throws {
        let simulator = try start { $0.failures = [Failure(.refuse)] }
        let client = try TestClient(port: simulator.port)
        let (text, end) = client.readToEnd()
        #expect(text.isEmpty)
        #expect(end == .endOfInput)
        #expect(simulator.requests().isEmpty)
    }

    @Test(arguments: [FailureKind.silent, .noHead, .endless])
    func aClientThatLeavesEndsItsAnswer(kind: FailureKind) throws {
        let simulator = try start { $0.failures = [Failure(kind)] }
        try leaveEarly(simulator.port, isEndless: kind == .endless)
        let posts = simulator.waitForPosts { $0.first?.outcome == .cancelled }
        #expect(posts.map(\.outcome) == [.cancelled])
    }

    private func leaveEarly(_ port: UInt16, isEndless: Bool) throws {
        let client = try TestClient(port: port)
        client.post("Hello")
        if isEndless { #expect(client.read(until: "more").contains("more")) }
    }

    @Test func anAnswerLargerThanAllBuffersComesWhole() throws {
        let simulator = try start { $0.idleTimeout = 500_000 }
        for framing in ["until-close", "content-length"] {
            let client = try TestClient(port: simulator.port)
            client.post("#fail:big=8000000 #fail:\(framing)")
            #expect(client.readToEnd().text.utf8.count > 8_000_000)
        }
    }

    @Test func scriptsHaveAnAnswerForEachPost() throws {
        let simulator = try start {
            $0.script = AnswerScript([[Failure(.status, 429)], [Failure(.doneData)]])
        }
        let client = try TestClient(port: simulator.port)
        client.post("a")
        #expect(client.read(until: "}").hasPrefix("HTTP/1.1 429 "))
        client.post("b")
        #expect(client.read(until: bodyEnd).contains("[DONE]"))
        client.post("c")
        #expect(!client.read(until: bodyEnd).contains("[DONE]"))
    }

    @Test func splitCharactersArriveWhole() throws {
        let simulator = try start()
        let client = try TestClient(port: simulator.port)
        client.post("#fail:split-utf8")
        #expect(client.read(until: bodyEnd).contains("Привет, мир 🌍"))
    }

    @Test func idleConnectionsAreClosed() throws {
        let simulator = try start { $0.idleTimeout = 500_000 }
        let client = try TestClient(port: simulator.port)
        #expect(client.readToEnd().end == .endOfInput)
        #expect(SimulatorManner.realRuntime.idleTimeout == 5_000_000)
    }

    @Test func stoppingEndsAnswersAndFreesThePort() throws {
        let simulator = try start { $0.failures = [Failure(.noHead)] }
        let port = simulator.port
        let client = try TestClient(port: port)
        client.post("Hello")
        _ = simulator.waitForPosts { !$0.isEmpty }
        simulator.stop()
        simulator.stop()
        #expect(client.readToEnd().text.isEmpty)
        #expect(throws: TestClient.Failed.self) { _ = try TestClient(port: port) }
        #expect(try start { $0.port = port }.port == port)
    }

    @Test func whatCannotBeListenedOnIsAnError() throws {
        #expect(throws: IOError("inet_pton", code: EINVAL)) { try start { $0.host = "a.b" } }
        let simulator = try start { $0.host = "localhost" }
        #expect(throws: IOError("bind", code: EADDRINUSE)) {
            try start { $0.port = simulator.port }
        }
    }

    @Test func aSimulatorSharesAnothersLoop() throws {
        let loop = try EventLoop()
        let simulator = try AgentSimulator(SimulatorOptions(), on: loop)
        let client = try TestClient(port: simulator.address.port)
        client.post("Hello")
        loop.onTurnEnd = { if simulator.posts.first?.outcome == .answered { loop.stop() } }
        loop.run()
        #expect(simulator.requests.count == 1)
        #expect(client.read(until: bodyEnd).contains("Hello"))
        simulator.stop()
    }
}
