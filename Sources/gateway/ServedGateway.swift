import AgentSimulator
import GatewayServer

/// The gateway from its start to its end.
enum ServedGateway {
    /// Serves until a signal comes, then drains. Throws when it cannot start.
    static func run(_ reading: SettingsReading, withDemoAgent: Bool) throws {
        var settings = reading.settings
        let log = OperatorLog(format: settings.logFormat, level: settings.logLevel)
        // On every way out: the last lines are those that tell why.
        defer { log.drain(atMost: 1000) }
        let demoAgent = withDemoAgent ? try startDemoAgent(key: settings.internalKey) : nil
        defer { demoAgent?.stop() }
        if let demoAgent {
            try settings.useAgent(at: demoAgent.url)
            log.write(.info, "Simulated Agent Runtime at \(demoAgent.url)")
        }
        for remark in reading.remarks { log.write(.warning, remark) }
        for line in settings.remarks { log.write(line) }
        let server = try GatewayServer.start(settings, log: log)
        ProcessSetup.waitForStop()
        log.write(.info, "Stopping; a second SIGINT does not wait for answers under way")
        log.flush()
        server.stop()
    }

    private static func startDemoAgent(key: String) throws -> RunningSimulator {
        var options = SimulatorOptions()
        options.port = 0
        options.internalKey = key
        return try RunningSimulator.start(options)
    }
}
