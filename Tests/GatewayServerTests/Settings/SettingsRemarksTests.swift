import Testing

@testable import GatewayServer

@Suite("What is said about the settings at the start")
struct SettingsRemarksTests {
    @Test(
        "A variable that is no setting, with the one that may be meant",
        arguments: [
            ("GATEWAY__PORT", "PORT"),
            ("GATEWAY__AGENTURL", "GATEWAY__AGENT_URL"),
            ("gateway__agent_url", "GATEWAY__AGENT_URL"),
            ("GATEWAY__HEARTBEAT_INTERVAL", "GATEWAY__WS_HEARTBEAT_INTERVAL"),
            ("GATEWAY__SLOW_CONSUMER", "GATEWAY__SLOW_CONSUMER_TIMEOUT"),
            ("GATEWAY__TIMEOUT", nil),
            ("GATEWAY__", nil),
            ("GATEWAY__SOMETHING_ELSE", nil),
        ] as [(String, String?)]
    )
    func unknown(name: String, meant: String?) throws {
        let reading = try SettingsReading(environment: [name: "1"], dotEnv: "\(name)=2")
        let hint = meant.map { "; is \($0) meant?" } ?? ""
        #expect(reading.remarks == ["\(name) is not a setting and has no effect\(hint)"])
    }

    @Test("Mistakes do not hide it: the one may be the reason of the other")
    func besideMistakes() throws {
        let environment = ["GATEWAY__LOPS": "2", "PORT": "x"]
        let error = #expect(throws: SettingsError.self) {
            try SettingsReading(environment: environment, dotEnv: nil)
        }
        #expect(error?.mistakes.count == 1)
        #expect(
            error?.remarks == [
                "GATEWAY__LOPS is not a setting and has no effect; is GATEWAY__LOOPS meant?"
            ]
        )
    }

    @Test("Variables of other programs are passed over")
    func others() throws {
        let reading = try SettingsReading(environment: ["PATH": "/bin"], dotEnv: "AUTH__PORT=1")
        #expect(reading.remarks.isEmpty)
    }

    @Test("The default key, the gateway as its own agent, and open WebSockets")
    func unsafeDefaults() throws {
        let lines = try Settings.read(environment: [:], dotEnv: nil).remarks
        #expect(lines.map(\.level) == [.warning, .warning, .info])
        #expect(lines.map(\.id) == ["gateway", "gateway", "gateway"])
        #expect(lines.first?.message.contains("GATEWAY__INTERNAL_API_KEY") == true)
        #expect(lines.dropFirst().first?.message.contains("GATEWAY__AGENT_URL") == true)
        #expect(lines.last?.message.contains("GATEWAY__WS_AUTH=optional") == true)
    }

    @Test("A gateway with its own key, agent and required credentials needs no remark")
    func configured() throws {
        let environment = [
            "GATEWAY__INTERNAL_API_KEY": "own", "GATEWAY__WS_AUTH": "required",
            "GATEWAY__AGENT_URL": "http://agent:8001",
        ]
        #expect(try Settings.read(environment: environment, dotEnv: nil).remarks.isEmpty)
    }
}
