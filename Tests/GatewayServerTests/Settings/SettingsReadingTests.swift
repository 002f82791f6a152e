import Events
import Testing

@testable import GatewayServer

@Suite("Settings that are taken")
struct SettingsReadingTests {
    @Test("An unconfigured gateway has the documented defaults")
    func defaults() throws {
        let settings = try Settings.read(environment: [:], dotEnv: nil)
        #expect(settings.host == "0.0.0.0")
        #expect(settings.port == 8001)
        #expect(settings.agentURL.authority == "localhost:8001")
        #expect(settings.internalKey == "change-me-internal-key")
        #expect(settings.requestTimeout == 30_000_000)
        #expect(settings.streamTimeout == 60_000_000)
        #expect(settings.logLevel == .info)
        #expect(settings == Settings(agentURL: settings.agentURL))
    }

    @Test(
        "Each setting takes its values, and shows them in one way",
        arguments: [
            ("GATEWAY__HOST", "127.0.0.1", "127.0.0.1"),
            ("GATEWAY__HOST", "::", "::"),
            ("PORT", "0", "0"),
            ("PORT", " 65535\n", "65535"),
            ("GATEWAY__AGENT_URL", "http://agent:80/base/", "http://agent/base"),
            ("GATEWAY__AGENT_URL", "HTTP://[::1]:9000", "http://[::1]:9000"),
            ("GATEWAY__VERSION", "2.0 beta", "2.0 beta"),
            ("GATEWAY__INTERNAL_API_KEY", "a=b#c", "a=b#c"),
            ("GATEWAY__USE_JWT_AUTH", "Off", "false"),
            ("GATEWAY__USE_JWT_AUTH", "0", "false"),
            ("GATEWAY__USE_JWT_AUTH", "yes", "true"),
            ("GATEWAY__AUTH_SERVICE_URL", "https://auth", "https://auth"),
            ("GATEWAY__REQUEST_TIMEOUT", "1", "1"),
            ("GATEWAY__REQUEST_TIMEOUT", "300.000000", "300"),
            ("GATEWAY__AGENT_STREAM_TIMEOUT", "599.5", "599.5"),
            ("GATEWAY__WS_HEARTBEAT_INTERVAL", ".5", "0.5"),
            ("GATEWAY__WS_CLOSE_TIMEOUT", "0.", "0"),
            ("GATEWAY__MAX_MESSAGE_BYTES", "1024", "1024"),
            ("GATEWAY__SESSION_INFO", "ALWAYS", "always"),
            ("GATEWAY__ON_DISCONNECT", "cancel", "cancel"),
            ("GATEWAY__LOG_DIR", "/var/lib/my log", "/var/lib/my log"),
            ("GATEWAY__LOG_SYNC", "Normal", "normal"),
            ("GATEWAY__LOG_SEGMENT_BYTES", "1048576", "1048576"),
            ("GATEWAY__LOG_SEGMENT_AGE", "3600", "3600"),
            ("GATEWAY__LOG_RETENTION", "Forever", "forever"),
            ("GATEWAY__LOG_RETENTION", "48h", "2d"),
            ("GATEWAY__LOG_RETENTION", "2048GiB,36h", "36h,2TiB"),
            ("GATEWAY__LOG_LEVEL", "warning", "WARNING"),
            ("GATEWAY__LOG_LEVEL", "Critical", "ERROR"),
            ("GATEWAY__LOG_FORMAT", "json", "json"),
            ("GATEWAY__WS_AUTH", "required", "required"),
        ]
    )
    func taken(name: String, value: String, shown: String) throws {
        let setting = try #require(Setting.all.first { $0.name == name })
        for (environment, dotEnv) in [([name: value], nil), ([:], "\(name)='\(value)'")] {
            let reading = try SettingsReading(environment: environment, dotEnv: dotEnv)
            #expect(setting.text(in: reading.settings) == shown)
            #expect(reading.origin(of: setting) == (dotEnv == nil ? .environment : .dotEnv))
        }
    }

    @Test("What a setting shows, it takes", arguments: Setting.all.map(\.name))
    func roundTrip(name: String) throws {
        let setting = try #require(Setting.all.first { $0.name == name })
        let defaults = try Settings.read(environment: [:], dotEnv: nil)
        var settings = defaults
        try setting.assign(setting.text(in: defaults), &settings)
        #expect(settings == defaults)
    }

    @Test("Names are there once")
    func names() {
        #expect(Set(Setting.all.map(\.name)).count == Setting.all.count)
    }

    @Test("The environment wins over the file; an empty variable counts as not set")
    func precedence() throws {
        let file = "PORT=1\nGATEWAY__LOOPS=2\nGATEWAY__HOST="
        let environment = ["PORT": "9", "GATEWAY__LOOPS": "  "]
        let settings = try Settings.read(environment: environment, dotEnv: file)
        #expect(settings.port == 9)
        #expect(settings.loops == 2)
        #expect(settings.host == "0.0.0.0")
    }

    @Test("The listing names every setting and its origin, hides the key, and can be read again")
    func listing() throws {
        let environment = [
            "GATEWAY__INTERNAL_API_KEY": "hidden-key", "GATEWAY__LOG_DIR": #"a "b" \ # $c"#,
        ]
        let reading = try SettingsReading(environment: environment, dotEnv: "PORT=7")
        let lines = reading.listing.split(separator: "\n")
        #expect(lines.count == Setting.all.count)
        #expect(!reading.listing.contains("hidden-key"))
        #expect(lines.contains { $0.hasPrefix("PORT=7 ") && $0.hasSuffix("  # .env") })
        #expect(lines.contains { $0.hasPrefix("GATEWAY__LOOPS=1 ") && $0.hasSuffix("# default") })
        var again = try Settings.read(environment: [:], dotEnv: reading.listing)
        again.internalKey = "hidden-key"
        #expect(again == reading.settings)
    }
}
