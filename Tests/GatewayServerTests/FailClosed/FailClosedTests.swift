import BlockingWebSocket
import Events
import Foundation
import Glibc
import Testing
import Wire

@testable import GatewayServer

/// A file size limit stands for a full disk: `write` itself fails, in a process of its own because the
/// limit is the process's.
struct FailClosedTests {
    /// - Parameters:
    ///   - answer: what the agent is doing for another connection meanwhile.
    ///   - first: what is the first that cannot be put on record.
    @Test(arguments: ["no-head", "endless"], ["message", "call", "handshake", "close"])
    func tellsEveryoneAndGoesOnByItself(answer: String, first: String) async throws {
        let folder = RESTGateway.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(processExitsWith: .success) {
            [folder = folder as String, answer = answer as String, first = first as String] in
            signal(SIGXFSZ, SIG_IGN)
            let scene = try FailingLogScene(folder: folder)
            try scene.play(answer, first: first)
            exit(0)
        }
        let events = try RESTGateway.events(of: folder)
        #expect(try RESTGateway.findings(of: folder) == [])
        #expect(events.map(\.position) == Array(1...Int64(events.count)))
        #expect(events.filter { $0.header.knownKind == .logGap }.count == 1)
        for stream in Dictionary(grouping: events, by: \.header.connection).values {
            #expect(stream.map(\.header.ordinal) == Array(1...Int64(stream.count)))
        }
        let closings = events.filter { $0.header.knownKind == .connectionClosed }
        #expect(Set(closings.map(\.header.connection)).count == closings.count)
        #expect(closings.filter { $0.header.detail == 1011 }.count == 2)
        let openings = events.filter { $0.header.knownKind == .connectionOpened }
        #expect(openings.count == 3 && closings.count == 3)
        let failures = events.filter { $0.header.knownKind == .requestFailed }
        #expect(failures.count == 1)
    }
}

/// What happens in the process whose log cannot grow.
private struct FailingLogScene {
    private let gateway: RESTGateway

    init(folder: String) throws { gateway = try RESTGateway(folder: folder) }

    private func open(_ id: String) throws -> BlockingWebSocket {
        let url = try WebSocketURL("ws://127.0.0.1:\(gateway.server.port)/api/v1/ws/\(id)")
        return try BlockingWebSocket(connectingTo: url)
    }

    func play(_ answer: String, first: String) throws {
        let idle = try open("new_1")
        let answered = try open("new_2")
        try answered.say("#fail:\(answer)")
        let posts = gateway.simulator.waitForPosts { $0.count == 1 }
        try #require(posts.count == 1)
        let keepAlive = try gateway.caller()

        limitFileSize(1)
        switch first {
        case "call": try expectRefusedCall()
        case "handshake": expectRefusedHandshake()
        case "close": try idle.send(.close, payload: [])
        default: try idle.say("never to be forwarded")
        }
        if first == "close" { try idle.expectEnd() } else { try idle.expectFailure() }
        try answered.expectFailure()
        try expectRefusedCall()
        try expectUnhealthy(keepAlive)
        expectRefusedHandshake()
        try #require(gateway.simulator.requests().count == 1)

        limitFileSize(rlim_t.max)
        try expectHealthy(keepAlive)
        let next = try open("new_4")
        try next.say("hello")
        try next.expectChunk("session_info")
        try next.close()
        while try next.receive() != .endOfInput {}
        gateway.server.stop()
    }

    private func expectRefusedHandshake() {
        do {
            _ = try open("new_3")
            Issue.record("accepted")
        } catch {
            #expect("\(error)".contains("503"))
        }
    }

    private func expectRefusedCall() throws {
        let reply = try gateway.call("GET", "/api/v1/sessions")
        try #require(reply.status == 503)
        try #require(reply.text.contains("the event log cannot be written: "))
    }

    private func expectUnhealthy(_ caller: HTTPCaller) throws {
        try caller.send("GET", "/health")
        let reply = try caller.receive()
        try #require(reply.status == 503)
        try #require(reply.text.contains(#""status":"unhealthy""#))
        try #require(reply.text.contains("the event log cannot be written: "))
    }

    /// Asks until it is well again, or for ten seconds.
    private func expectHealthy(_ caller: HTTPCaller) throws {
        let end = ContinuousClock.now + .seconds(10)
        repeat {
            try caller.send("GET", "/health")
            if try caller.receive().status == 200 { return }
        } while ContinuousClock.now < end
        Issue.record("the log did not recover")
    }
}

extension BlockingWebSocket {
    fileprivate func expectChunk(_ type: String) throws {
        guard case .text(let text) = try receive() else {
            Issue.record("no chunk")
            return
        }
        try #require(text.contains(#""type":"\#(type)""#))
    }

    /// The end without a close frame: that it was closed could not be put on record.
    fileprivate func expectEnd() throws {
        let arrival = try receive()
        guard case .endOfInput = arrival else {
            Issue.record("\(arrival)")
            return
        }
    }

    /// The error frame and close 1011, whatever came before.
    fileprivate func expectFailure() throws {
        var last = ""
        while true {
            switch try receive() {
            case .text(let text): last = text
            case .close(let code, _):
                try #require(code == .internalError)
                try #require(last.contains(#""type":"error""#))
                try #require(last.contains("the event log cannot be written"))
                return
            case .binary, .ping, .pong: continue
            case .endOfInput, .timeout:
                Issue.record("no close frame")
                return
            }
        }
    }
}

/// Sets the size that a file of this process may grow to, in bytes.
private func limitFileSize(_ bytes: rlim_t) {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    limit.rlim_cur = min(bytes, limit.rlim_max)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
}
