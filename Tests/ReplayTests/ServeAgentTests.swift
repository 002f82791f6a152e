import AgentSimulator
import Foundation
import Glibc
import Testing

@testable import replay

/// `replay serve-agent`, with `replay drive --agent` as the one who posts.
struct ServeAgentTests {
    private static let incidents = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/incidents")

    private static func bundle(_ name: String) -> String {
        incidents.appendingPathComponent("\(name).bundle").path
    }

    private static func serve(
        _ bundle: String,
        _ id: String,
        _ more: String...
    ) throws -> FollowedRun {
        try FollowedRun(["--log", bundle, "serve-agent", id, "--speed", "0"] + more)
    }

    /// What is played is what was recorded: strictly, byte for byte.
    @Test(arguments: [
        ("new-session", "new_1", "complete"), ("existing-session", "abc-123", "complete"),
        ("tools", "new_1", "complete"), ("answer-broke", "new_1", "broken off"),
        ("answer-reset", "new_1", "broken off"), ("agent-refuses", "new_1", "status 503"),
        ("not-an-event-stream", "new_1", "no event stream"), ("empty-answer", "new_1", "complete"),
        ("bad-chunk-size", "abc-123", "malformed"), ("agent-closes", "new_1", "broken off"),
        ("unterminated-session-info", "new_1", "complete"),
    ])
    func playsWhatIsRecorded(name: String, id: String, end: String) throws {
        let bundle = Self.bundle(name)
        let agent = try Self.serve(bundle, id, "--once")
        let url = try agent.line()
        try #require(url.hasPrefix("http://127.0.0.1:"))
        let drive = try ReplayRun("--log", bundle, "drive", id, "--agent", url, "--strict")
        #expect(drive.status == .fine, "\(drive.output) \(drive.errors)")
        #expect(drive.output.contains(": \(end)\n"))
        #expect(try agent.end() == .fine)
        let complaints = agent.rest().filter { !$0.hasPrefix("turn ") }
        #expect(complaints == [])
    }

    /// The temporary id stands for the session too, and the other way round.
    @Test func aDialogueIsPlayedWhole() throws {
        let bundle = Self.bundle("reconnected-with-session-id")
        let agent = try Self.serve(bundle, "new_1", "--once")
        let drive = try ReplayRun("--log", bundle, "drive", "new_1", "--agent", agent.line())
        #expect(drive.output.contains("turn 2"))
        #expect(try agent.line().hasPrefix("turn 1 (connection 1,"))
        #expect(try agent.line().hasPrefix("turn 2 (connection 2,"))
        #expect(try agent.end() == .fine)
    }

    /// Posts of another dialogue are findings: which turn, and the first byte.
    @Test func anotherMessageIsAFinding() throws {
        let agent = try Self.serve(Self.bundle("existing-session"), "abc-123", "--once")
        let other = Self.bundle("late-session-info")
        let drive = try ReplayRun("--log", other, "drive", "new_1", "--agent", agent.line())
        #expect(drive.status == .finding)
        #expect(try agent.end() == .finding)
        // Said twice: on the output, and where it is seen when that goes to a program.
        let lines = agent.rest()
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("turn 1") == true)
        #expect(lines.last == lines.first.map { "replay: \($0)" })
        #expect(lines.first?.contains("abc-123 was recorded, no session_id came") == true)
        #expect(lines.first?.contains("differs from byte 2") == true)
    }

    @Test func programsReadTheFirstLineToo() throws {
        let bundle = Self.bundle("existing-session")
        let agent = try Self.serve(bundle, "abc-123", "--once", "--json")
        let line = try agent.line()
        try #require(line.hasPrefix(#"{"url":"http://127.0.0.1:"#))
        let url = String(line.dropFirst(8).dropLast(2))
        let drive = try ReplayRun("--log", bundle, "drive", "1", "--agent", url, "--json")
        #expect(drive.lines.last == #"{"part":"summary","connections":1,"differences":0}"#)
        #expect(try agent.line().hasSuffix(#""same":true}"#))
        #expect(try agent.end() == .fine)
    }

    /// One that answers, and one whose record has no agent, end as soon as they are told.
    @Test(arguments: ["new-session", "agent-not-running"], [SIGINT, SIGTERM])
    func endsInGoodOrder(name: String, signal: Int32) throws {
        let agent = try Self.serve(Self.bundle(name), "new_1")
        #expect(try agent.line().hasPrefix("http://127.0.0.1:"))
        #expect(try agent.stop(signal) == .fine)
    }

    @Test(arguments: [
        (["--port", "70000"], replay.ExitStatus.usage), (["--speed", "fast"], .usage),
        (["--speed", "-1"], .usage), (["--host", "nowhere.invalid"], .finding), (["x"], .usage),
    ])
    func wrongCommandLines(more: [String], status: replay.ExitStatus) throws {
        let arguments = ["--log", Self.bundle("existing-session"), "serve-agent", "abc-123"]
        let run = try ReplayRun(arguments + more)
        #expect(run.status == status)
        #expect(run.errors.hasPrefix("replay: "))
        #expect(run.output == "")
    }

    @Test(arguments: ["serve-agent", "drive"])
    func nobodyAnswersToTheID(command: String) throws {
        let target = command == "drive" ? ["--gateway", "ws://127.0.0.1:9"] : []
        let log = ["--log", Self.bundle("existing-session")]
        let run = try ReplayRun(log + [command, "nobody"] + target)
        #expect(run.status == .finding)
        #expect(run.errors.contains("nobody"))
    }

    @Test func aRecordWithoutTurnsIsNothingToPlay() throws {
        let log = ["--log", Self.bundle("never-messaged")]
        let served = try ReplayRun(log + ["serve-agent", "new_1"])
        #expect(served.status == .finding)
        #expect(served.errors.contains("no turn is on record"))
        let posted = try ReplayRun(log + ["drive", "new_1", "--agent", "http://127.0.0.1:9"])
        #expect(posted.status == .finding)
        #expect(posted.errors.contains("nothing to post"))
    }
}
