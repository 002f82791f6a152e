import Testing

@testable import GatewayServer

@Suite("Settings that are refused")
struct SettingsRefusalTests {
    @Test(
        "A value out of range or of another kind",
        arguments: [
            ("GATEWAY__HOST", "localhost"),
            ("GATEWAY__HOST", "1.2.3"),
            ("PORT", "65536"),
            ("PORT", "-1"),
            ("PORT", "8001x"),
            ("GATEWAY__AGENT_URL", "agent:8001"),
            ("GATEWAY__AGENT_URL", "http://a b"),
            ("GATEWAY__VERSION", "1\n2"),
            ("GATEWAY__USE_JWT_AUTH", "maybe"),
            ("GATEWAY__AUTH_SERVICE_URL", "ftp://auth"),
            ("GATEWAY__REQUEST_TIMEOUT", "0.999999"),
            ("GATEWAY__REQUEST_TIMEOUT", "300.000001"),
            ("GATEWAY__REQUEST_TIMEOUT", "30s"),
            ("GATEWAY__REQUEST_TIMEOUT", "nan"),
            ("GATEWAY__REQUEST_TIMEOUT", "99999999999999999999"),
            ("GATEWAY__AGENT_STREAM_TIMEOUT", "601"),
            ("GATEWAY__WS_HEARTBEAT_INTERVAL", "-1"),
            ("GATEWAY__WS_CLOSE_TIMEOUT", "61"),
            ("GATEWAY__LOOPS", "0"),
            ("GATEWAY__LOOPS", "65"),
            ("GATEWAY__MAX_MESSAGE_BYTES", "1023"),
            ("GATEWAY__MAX_MESSAGE_BYTES", "1073741825"),
            ("GATEWAY__MAX_CONCURRENT_REQUESTS", "0"),
            ("GATEWAY__SESSION_INFO", "never"),
            ("GATEWAY__LOG_SEGMENT_BYTES", "1048575"),
            ("GATEWAY__LOG_SEGMENT_AGE", "0"),
            ("GATEWAY__LOG_RETENTION", "30"),
            ("GATEWAY__LOG_RETENTION", "0d"),
            ("GATEWAY__LOG_RETENTION", "-1d"),
            ("GATEWAY__LOG_RETENTION", "30d,"),
            ("GATEWAY__LOG_RETENTION", "30d,12h"),
            ("GATEWAY__LOG_RETENTION", "1GiB,2GiB"),
            ("GATEWAY__LOG_RETENTION", "1 GiB"),
            ("GATEWAY__LOG_RETENTION", "9999999999999TiB"),
            ("GATEWAY__LOG_LEVEL", "TRACE"),
            ("GATEWAY__LOG_FORMAT", "xml"),
        ]
    )
    func refused(name: String, value: String) throws {
        let error = try #require(throws: SettingsError.self) {
            try Settings.read(environment: [name: value], dotEnv: nil)
        }
        guard case .value(name, value, .environment, let reason) = error.mistakes.first else {
            Issue.record("not about the value: \(error)")
            return
        }
        #expect(!reason.isEmpty)
        #expect(error.mistakes.count == 1)
        #expect(error.description.split(separator: "\n").count == 1)
    }

    @Test("All mistakes are told at once, in the order of the settings")
    func allAtOnce() throws {
        let environment = ["PORT": "x", "GATEWAY__LOG_SYNC": "half"]
        let error = try #require(throws: SettingsError.self) {
            try Settings.read(environment: environment, dotEnv: "junk\nGATEWAY__LOOPS=many")
        }
        #expect(
            error.description == """
                .env line 1: must be NAME=value, a comment or empty
                PORT="x" (environment): must be a whole number from 0 to 65535
                GATEWAY__LOOPS="many" (.env): must be a whole number from 1 to 64
                GATEWAY__LOG_SYNC="half" (environment): must be full or normal
                """
        )
    }

    @Test(
        "Secrets are not told",
        arguments: [
            ("GATEWAY__INTERNAL_API_KEY", "pass word"),
            ("GATEWAY__INTERNAL_API_KEY", "pass word\r\nX: y"),
            ("GATEWAY__AGENT_URL", "http://me:pass word@host"),
            ("GATEWAY__AUTH_SERVICE_URL", "http://me:pass word@host"),
        ]
    )
    func secrets(name: String, value: String) throws {
        let error = try #require(throws: SettingsError.self) {
            try Settings.read(environment: [name: value], dotEnv: nil)
        }
        #expect(error.description.hasPrefix("\(name)=\"***\" (environment): "))
        #expect(!error.description.contains("pass"))
    }

    @Test("An empty key is a mistake, not the default")
    func emptyKey() {
        #expect(throws: SettingsError.self) {
            try Settings.read(environment: ["GATEWAY__INTERNAL_API_KEY": ""], dotEnv: nil)
        }
    }

    @Test("TLS is refused with what to do instead")
    func tls() throws {
        let environment = [
            "GATEWAY__USE_JWT_AUTH": "true", "GATEWAY__AUTH_SERVICE_URL": "https://auth",
            "GATEWAY__AGENT_URL": "https://agent",
        ]
        let error = try #require(throws: SettingsError.self) {
            try Settings.read(environment: environment, dotEnv: nil)
        }
        #expect(error.mistakes.count == 2)
        #expect(error.description.contains("a proxy that speaks TLS"))
        #expect(error.description.contains("GATEWAY__AUTH_SERVICE_URL=\"https://auth\""))
    }

    @Test("The URL of the keys may have TLS while nobody asks for them")
    func keysThatNobodyAsksFor() throws {
        let environment = ["GATEWAY__AUTH_SERVICE_URL": "https://auth:8443/base"]
        let settings = try Settings.read(environment: environment, dotEnv: nil)
        #expect(settings.authServiceURL.text == "https://auth:8443/base")
    }
}
