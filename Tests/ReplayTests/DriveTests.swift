import AgentSimulator
import Foundation
import IOLoop
import Testing
import Wire

@testable import replay

/// `replay drive` with targets that are not what they should be. What it does with a real gateway is
/// checked by tools/incidents.
struct DriveTests {
    private static let log = [
        "--log",
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/incidents/new-session.bundle").path,
    ]

    private static func drive(_ arguments: String...) throws -> ReplayRun {
        try ReplayRun(log + ["drive", "new_1"] + arguments)
    }

    @Test(arguments: [
        [], ["--gateway", "http://127.0.0.1:1"], ["--gateway", "wss://127.0.0.1:1"],
        ["--agent", "ws://127.0.0.1:1"], ["--agent", "https://127.0.0.1:1"],
        ["--gateway", "ws://127.0.0.1:1", "--agent", "http://127.0.0.1:1"],
        ["--gateway", "ws://127.0.0.1:1", "--timing", "soon"],
        ["--gateway", "ws://127.0.0.1:1", "--patience", "-1"],
        ["--gateway", "ws://127.0.0.1:1", "--speed", "x"],
    ])
    func wrongCommandLines(arguments: [String]) throws {
        let run = try ReplayRun(Self.log + ["drive", "new_1"] + arguments)
        #expect(run.status == .usage, "\(run.errors)")
        #expect(run.errors.contains("see replay drive --help"))
        #expect(run.output == "")
    }

    @Test(arguments: [("--gateway", "ws"), ("--agent", "http")])
    func nobodyListens(option: String, scheme: String) throws {
        let port = try RefusingPort(host: "127.0.0.1", port: 0)
        let run = try Self.drive(option, "\(scheme)://\(port.address)")
        #expect(run.status == .finding)
        #expect(run.errors.contains("Connection refused"), "\(run.errors)")
        #expect(run.output == "")
    }

    /// An agent is no gateway.
    @Test func theGatewayIsSomethingElse() throws {
        let agent = try RunningSimulator.start()
        let run = try Self.drive("--gateway", "ws://\(agent.address)")
        #expect(run.status == .finding)
        #expect(run.errors.contains("is no gateway that can be driven"), "\(run.errors)")
        #expect(run.errors.contains("404"))
    }

    /// An agent that says the same in the same form, whatever ids it gives.
    @Test func anAgentThatIsTheSame() throws {
        let agent = try RunningSimulator.start()
        let run = try Self.drive("--agent", agent.url)
        #expect(run.status == .fine, "\(run.output)")
        let posts = agent.posts()
        #expect(posts.first?.sessionID == nil)
        #expect(posts.last?.sessionID?.hasPrefix("session-") == true)
        // The session of the record is not that of this agent.
        #expect(run.output.contains(posts.last?.sessionID ?? "none"))
    }

    @Test(arguments: [
        (FailureKind.noSessionInfo, "expected session_info"), (.status, "came status 500"),
        (.cutAfterSessionInfo, "came broken off"), (.notEventStream, "came no event stream"),
        (.badChunkSize, "came malformed"), (.otherID, "came session_info"),
    ])
    func anAgentThatDiffers(failure: FailureKind, words: String) throws {
        var options = SimulatorOptions()
        options.failures = [Failure(failure)]
        let agent = try RunningSimulator.start(options)
        let run = try Self.drive("--agent", agent.url)
        #expect(run.status == .finding)
        #expect(run.output.contains(words), "\(run.output)")
    }

    @Test func anAgentThatSaysNothing() throws {
        var options = SimulatorOptions()
        options.failures = [Failure(.silent)]
        let agent = try RunningSimulator.start(options)
        let run = try Self.drive("--agent", agent.url, "--patience", "0.2", "--speed", "0")
        #expect(run.status == .finding)
        #expect(run.output.contains("expected complete, came silent"))
    }

    private static func repeated(_ text: String) -> [UInt8] {
        Array(String(repeating: text, count: 1_000).utf8)
    }

    /// Whoever sends without end is listened to for as long as there is patience, not longer.
    @Test(arguments: [": ping\n\n", "data: {}\n\n", "data: "])
    func anAgentThatNeverEnds(text: String) throws {
        let agent = try FloodingServer(flood: Self.repeated(text)) { _ in
            Array("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".utf8)
        }
        let url = "http://\(agent.address)"
        let run = try Self.drive("--agent", url, "--patience", "0.2", "--speed", "0")
        #expect(run.status == .finding)
        let ends = run.lines.filter { $0.contains(", end: ") }
        #expect(ends.count == 2)
        #expect(ends.allSatisfy { $0.contains("expected complete, came ") }, "\(ends)")
    }

    @Test func anAgentThatAnnouncesTooMuch() throws {
        let agent = try FloodingServer(flood: Self.repeated("data: {}\n\n")) { _ in
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            return Array((head + "Content-Length: 1099511627776\r\n\r\n").utf8)
        }
        let run = try Self.drive("--agent", "http://\(agent.address)", "--speed", "0")
        #expect(run.status == .finding)
        #expect(run.output.contains("expected complete, came too long"), "\(run.output)")
    }

    /// Frames without end fill no memory.
    @Test func aGatewayThatNeverEnds() throws {
        var frames: [UInt8] = []
        let text = Self.repeated("xy")
        for _ in 0..<100 { WebSocketFrameWriter.append(.text, payload: text.span, to: &frames) }
        let gateway = try FloodingServer.gateway(flood: frames)
        let run = try Self.drive("--gateway", "ws://\(gateway.address)", "--patience", "60")
        #expect(run.status == .finding)
        #expect(run.output.contains("far more came than was recorded"), "\(run.errors)")
    }

    /// Nor do pings, which are no frames to compare, keep it from its end.
    @Test func aGatewayThatPingsWithoutEnd() throws {
        var frames: [UInt8] = []
        let text = Array("x".utf8)
        for _ in 0..<1_000 { WebSocketFrameWriter.append(.ping, payload: text.span, to: &frames) }
        let gateway = try FloodingServer.gateway(flood: frames)
        let run = try Self.drive(
            "--gateway",
            "ws://\(gateway.address)",
            "--patience",
            "0.2",
            "--speed",
            "0"
        )
        #expect(run.status == .finding)
        #expect(run.output.contains("came nothing more"), "\(run.output)")
    }

    @Test func aHandshakeThatNeverEnds() throws {
        let gateway = try FloodingServer(flood: Self.repeated("HTTP/1.1 100 Continue\r\n\r\n")) {
            _ in []
        }
        let run = try Self.drive("--gateway", "ws://\(gateway.address)", "--patience", "0.2")
        #expect(run.status == .finding)
        #expect(run.errors.contains("handshake: timeout"), "\(run.errors)")
    }

    /// What a peer says reaches no terminal as it is.
    @Test func aGatewayThatWritesToTheTerminal() throws {
        let gateway = try FloodingServer { _ in
            Array("HTTP/1.1 403 a\u{9B}2Jb\u{202E}c\r\nContent-Length: 0\r\n\r\n".utf8)
        }
        let run = try Self.drive("--gateway", "ws://\(gateway.address)")
        #expect(run.status == .finding)
        #expect(run.errors.contains(#"403 a\u{9b}2Jb\u{202e}c"#), "\(run.errors)")
    }

    @Test func strictlyTheBytesDiffer() throws {
        let agent = try RunningSimulator.start()
        let run = try Self.drive("--agent", agent.url, "--strict", "--json")
        #expect(run.lines.last?.hasPrefix(#"{"part":"summary","connections":2,"#) == true)
    }
}
