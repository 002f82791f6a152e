import AgentSimulator
import CommandLineOptions
import Testing
import Wire

@testable import agent_probe

/// Calls of a simulated agent, and the command lines that ask for them.
struct ProbeTests {
    private let simulator: RunningSimulator

    init() throws {
        var options = SimulatorOptions()
        options.internalKey = "key"
        simulator = try RunningSimulator.start(options)
    }

    private func options(_ arguments: [String]) throws -> ProbeOptions {
        guard case .run(let parsed) = try ProbeCommandLine.syntax.parse(arguments) else {
            throw CommandLineViolation.missingArgument("URL")
        }
        return try ProbeOptions(parsed)
    }

    /// What is printed, and whether all went well.
    private func probe(_ path: String, _ arguments: String...) throws -> ([String], Bool) {
        var lines: [String] = []
        let options = try options([simulator.url + path, "--key", "key"] + arguments)
        let isGood = try Probe.run(options) { line in
            lines.append(String(decoding: line, as: UTF8.self))
        }
        #expect(lines.allSatisfy { $0.hasSuffix("}\n") })
        return (lines, isGood)
    }

    private static func message(_ content: String) -> String {
        #"{"message":{"type":"user_message","role":"user","content":"\#(content)"}}"#
    }

    @Test func eachEventIsALine() throws {
        let body = Self.message("hi")
        let (lines, isGood) = try probe("/agent/message/stream?a=b", "--body", body)
        #expect(isGood && lines.count > 1)
        #expect(lines[0].hasPrefix(#"{"type":"message","data":"{\"type\":\"session_info\""#))
        let request = try #require(simulator.requests().first)
        #expect(request.head.target == "/agent/message/stream?a=b" && request.text == body)
        #expect(request.fields.value(of: "Accept") == "text/event-stream")
        #expect(request.fields.value(of: "Content-Type") == "application/json")
    }

    @Test func aRefusalIsAnError() throws {
        let (lines, isGood) = try probe("/sessions/none/history", "--get")
        #expect(!isGood)
        #expect(lines == ["{\"error\":\"the agent answered with status 404\"}\n"])
    }

    @Test func whatIsNoEventStreamIsAnError() throws {
        let (lines, isGood) = try probe("/sessions", "--get")
        #expect(!isGood && lines.count == 1)
        #expect(lines[0].contains("application/json, not with text/event-stream"))
    }

    @Test func anAnswerThatBreaksOffIsAnErrorBehindItsEvents() throws {
        let body = Self.message("#fail:cut-after-session-info")
        let (lines, isGood) = try probe("/agent/message/stream", "--body", body)
        #expect(!isGood && lines.count == 2)
        #expect(
            lines[1] == "{\"error\":\"the agent's answer broke off: the connection was closed\"}\n"
        )
    }

    @Test func theWholeAnswerIsGivenAsItIs() throws {
        let (lines, isGood) = try probe("/health", "--get", "--raw")
        #expect(isGood && lines.count == 1)
        #expect(lines[0].hasPrefix(#"{"status":200,"body_b64":"ey"#))
        let (refused, isAnswer) = try probe("/none", "--get", "--raw")
        #expect(isAnswer && refused[0].hasPrefix(#"{"status":404,"body_b64":""#))
    }

    @Test func nobodyThereIsAnError() throws {
        simulator.stop()
        let (lines, isGood) = try probe("/health", "--get", "--raw")
        #expect(!isGood && lines.count == 1)
        #expect(lines[0].hasPrefix(#"{"error":"cannot connect to 127.0.0.1:"#))
    }

    @Test(arguments: [
        ("http://h", "h", "/"), ("http://h?a", "h", "/?a"),
        ("http://h:8/a/b?c=/d#e", "h:8", "/a/b?c=/d"),
        ("HTTP://[::1]:80/", "[::1]", "/"), ("http://h/a//?#", "h", "/a//?"),
    ])
    func aURLIsServerAndTarget(text: String, authority: String, target: String) throws {
        let url = try ProbeURL(text)
        #expect(url.origin.authority == authority && url.target == target)
        #expect(url.origin.basePath.isEmpty)
    }

    @Test(arguments: ["", "h", "h:8", "https://h", "ftp://h", "http://", "http://u@h", "http:/h"])
    func anotherAddressIsRefused(text: String) {
        #expect(throws: ProbeURLError.self) { try ProbeURL(text) }
    }

    @Test func theCommandLineIsTheRequest() throws {
        let arguments = [
            "http://h", "--header", "Accept: a/b", "--header", "X:y:z", "--timeout", "5",
        ]
        let options = try options(arguments)
        #expect(options.method == "POST" && options.body == [] && options.timeout == 5_000_000)
        #expect(options.fields.values(of: "Accept") == ["a/b"])
        #expect(options.fields.value(of: "X") == "y:z")
    }

    @Test(arguments: [
        ["--header", "x"], ["--header", ": x"], ["--timeout", "0"], ["--timeout", "x"],
    ])
    func aWrongCommandLineIsRefused(arguments: [String]) {
        #expect(throws: CommandLineViolation.self) { try options(["http://h"] + arguments) }
    }

    @Test func aBodyFileThatIsNotThereIsRefused() {
        #expect(throws: BodyFileError.self) {
            try options(["http://h", "--body-file", "/nowhere/at/all"])
        }
    }
}
