import BlockingWebSocket
import EventStore
import Events
import Foundation
import GatewayServer
import Postmortem
import Session
import Testing
import Wire

/// A gateway with a log folder of its own on a free port, for one test.
final class RunningGateway {
    /// Where the event log and the operators' log are.
    private let folder: String
    private let linesFile: Int32
    private(set) var settings: Settings
    private var server: GatewayServer?

    /// How many loops a gateway has unless the test says otherwise: `GATEWAY_TEST_LOOPS`, or 1.
    static let loops =
        ProcessInfo.processInfo.environment["GATEWAY_TEST_LOOPS"].flatMap { Int($0) } ?? 1

    init(agent: String, _ change: (inout Settings) -> Void) throws {
        folder = FileManager.default.temporaryDirectory.path + "/gateway-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        linesFile = open(folder + "/lines", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        settings = Settings(agentURL: try HTTPBaseURL(agent))
        settings.host = "127.0.0.1"
        settings.port = 0
        settings.logDir = folder + "/log"
        settings.logSync = .normal
        settings.logLevel = .debug
        settings.drainTimeout = 200_000
        settings.loops = Self.loops
        change(&settings)
        try start()
    }

    deinit {
        stop()
        close(linesFile)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Starts on the same log folder, the first time or after ``stop()``.
    func start() throws { server = try launch() }

    /// Starts another gateway with the same settings.
    func launch() throws -> GatewayServer {
        let log = OperatorLog(
            descriptor: linesFile,
            format: settings.logFormat,
            level: settings.logLevel
        )
        return try GatewayServer.start(settings, log: log)
    }

    /// Stops in good order; nothing happens when it does not run.
    func stop() {
        server?.stop()
        server = nil
    }

    /// Begins to stop on another thread; the result waits for the end.
    func beginStop() -> Thread.Joined {
        let server = server
        self.server = nil
        return Thread.Joined { server?.stop() }
    }

    var port: UInt16 { server?.port ?? 0 }

    /// Opens a WebSocket for an id.
    func connect(
        _ id: String,
        path: String = "/api/v1/ws",
        fields: HTTPFields = [:],
        timeout: Duration = .seconds(patience),
        receiveBufferBytes: Int32? = nil
    ) throws -> BlockingWebSocket {
        try BlockingWebSocket(
            connectingTo: WebSocketURL("ws://127.0.0.1:\(port)\(path)").appending(segment: id),
            fields: fields,
            timeout: timeout,
            receiveBufferBytes: receiveBufferBytes
        )
    }
}

// MARK: - What is on record

extension RunningGateway {
    /// The events in the log as of now, in the order of their positions.
    func events(connection: Int64? = nil) throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        try LogReader(folder: settings.logDir).forEach(connection: connection) {
            position,
            header,
            checksum,
            body in
            let bytes = body.withUnsafeBufferPointer { Array($0) }
            events.append(
                RecordedEvent(position: position, header: header, checksum: checksum, body: bytes)
            )
            return true
        }
        return events
    }

    /// Waits until the events are as wanted, and gives them.
    @discardableResult
    func waitForEvents(
        _ what: String,
        until isWanted: ([RecordedEvent]) -> Bool
    ) throws -> [RecordedEvent] {
        try wait(for: what) {
            let events = try events()
            return isWanted(events) ? events : nil
        }
    }

    /// What the log says of a connection: its events folded.
    func state(connection: Int64) throws -> SessionState {
        var replay = ConnectionReplay()
        var reading = EventReading()
        for event in try events(connection: connection) {
            _ = replay.take(event.header, event.body.span, &reading)
        }
        return replay.state
    }

    /// The lines for operators so far.
    func lines() throws -> [String] {
        let text = try String(contentsOfFile: folder + "/lines", encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    /// Waits until there is such a line.
    func waitForLine(_ line: String) throws {
        _ = try wait(for: line) { try lines().contains(line) ? true : nil }
    }

    /// What `replay verify` finds in the log.
    func findings() throws -> [String] {
        var verification = Verification(isWholeLog: true)
        var findings: [String] = []
        try LogReader(folder: settings.logDir).forEach { position, header, checksum, body in
            for finding in verification.take(position: position, header, checksum: checksum, body) {
                findings.append("position \(finding.position): \(finding.words)")
            }
            return true
        }
        return findings
    }
}

/// Runs a test with a gateway in front of the agent. Afterwards the gateway stops, and whatever the test
/// was about, its log must verify.
func withGateway(
    agent: String,
    _ change: (inout Settings) -> Void = { _ in },
    _ test: (RunningGateway) throws -> Void
) throws {
    let gateway = try RunningGateway(agent: agent, change)
    try test(gateway)
    gateway.stop()
    let findings = try gateway.findings()
    #expect(findings == [])
}
