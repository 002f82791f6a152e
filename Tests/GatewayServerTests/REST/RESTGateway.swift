import AgentSimulator
import EventStore
import Events
import Foundation
import Postmortem
import Wire

@testable import GatewayServer

/// A gateway with a log of its own and a simulated agent, both of this process.
final class RESTGateway {
    static let key = "key-of-the-tests"

    let simulator: RunningSimulator
    let server: GatewayServer
    let folder: String
    private let lines: FileHandle

    /// Starts both. The folder is left to the caller when it gives one.
    init(
        folder: String = RESTGateway.makeFolder(),
        agentURL: String? = nil,
        configure: (inout Settings) -> Void = { _ in }
    ) throws {
        self.folder = folder
        var options = SimulatorOptions()
        options.internalKey = Self.key
        simulator = try RunningSimulator.start(options)
        var settings = Settings(agentURL: try HTTPBaseURL(agentURL ?? simulator.url))
        settings.host = "127.0.0.1"
        settings.port = 0
        settings.internalKey = Self.key
        settings.logDir = folder + "/log"
        settings.logSync = .normal
        settings.requestTimeout = 10_000_000
        settings.drainTimeout = 1_000_000
        settings.loops = RunningGateway.loops
        configure(&settings)
        try Data().write(to: URL(filePath: folder + "/lines"))
        lines = try FileHandle(forUpdating: URL(filePath: folder + "/lines"))
        let log = OperatorLog(
            descriptor: lines.fileDescriptor,
            format: .text,
            level: .debug
        )
        server = try GatewayServer.start(settings, log: log)
    }

    /// A new folder under the system's temporary one.
    static func makeFolder() -> String {
        let path = FileManager.default.temporaryDirectory.path + "/rest-" + UUID().uuidString
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    /// A new connection to it.
    func caller() throws -> HTTPCaller { try HTTPCaller(port: server.port) }

    /// One call on a connection of its own, with the right key unless fields are given.
    func call(
        _ method: String,
        _ target: String,
        fields: HTTPFields = ["X-Internal-Auth": RESTGateway.key],
        body: String = ""
    ) throws -> HTTPReply {
        let caller = try caller()
        try caller.send(method, target, fields: fields, body: body)
        return try caller.receive()
    }

    /// The events that are in the log now.
    func events() throws -> [RecordedEvent] { try Self.events(of: folder) }

    static func events(of folder: String) throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        try LogReader(folder: folder + "/log").forEach { position, header, checksum, body in
            let bytes = body.withUnsafeBufferPointer { Array($0) }
            let event = RecordedEvent(
                position: position,
                header: header,
                checksum: checksum,
                body: bytes
            )
            events.append(event)
            return true
        }
        return events
    }

    /// What `replay verify` would find.
    static func findings(of folder: String) throws -> [Finding] {
        var verification = Verification(isWholeLog: true)
        var findings: [Finding] = []
        try LogReader(folder: folder + "/log").forEach { position, header, checksum, body in
            let found = verification.take(position: position, header, checksum: checksum, body)
            findings += found
            return true
        }
        return findings
    }

    /// Stops the gateway and gives the lines that operators saw.
    func stop() throws -> String {
        server.stop()
        return try String(contentsOfFile: folder + "/lines", encoding: .utf8)
    }

    /// Stops both and removes the folder.
    func remove() {
        server.stop()
        simulator.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }
}
