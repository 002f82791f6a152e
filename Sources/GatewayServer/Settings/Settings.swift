import EventStore
import Events
import Session
import Wire

/// What an operator can set, checked. Durations are in microseconds, sizes in bytes. The names of
/// the variables, their ranges and their meaning are in ``Setting/all``; the defaults are here.
public struct Settings: Equatable, Sendable {
    /// Whether a WebSocket must present credentials.
    public enum WebSocketAuth: Sendable {
        /// Presented credentials must be right; none at all are let in.
        case optional
        /// A WebSocket without right credentials is refused with 401.
        case required
    }

    /// The version of this program.
    public static let programVersion = "1.0.0"
    /// The key that everybody knows.
    public static let defaultInternalKey = "change-me-internal-key"
    /// Where the Agent Runtime is when nobody says so.
    static let defaultAgentURL = HTTPBaseURL(.http, host: "localhost", port: 8001)

    /// The address to listen on, numeric IPv4 or IPv6.
    public var host = "0.0.0.0"
    /// The port to listen on; 0: any free one.
    public var port: UInt16 = 8001
    /// Where the Agent Runtime is; its scheme is http.
    public var agentURL: HTTPBaseURL
    /// The key that callers present and that the Agent Runtime asks for.
    public var internalKey = Settings.defaultInternalKey
    /// How long the Agent Runtime may take to accept a connection and to answer a REST request.
    public var requestTimeout: Int64 = 30_000_000
    /// How long an answer's stream may be silent.
    public var streamTimeout: Int64 = 60_000_000
    /// Log lines that matter less are not written.
    public var logLevel = LogLevel.info
    /// The form of log lines.
    public var logFormat = LogFormat.text
    /// What `/health` says.
    public var version = Settings.programVersion
    /// Whether callers may present a JWT instead of the key.
    public var useJWT = false
    /// Who must have issued a JWT.
    public var jwtIssuer = "https://auth.codelab.local"
    /// Whom a JWT must be for.
    public var jwtAudience = "codelab-api"
    /// Where the keys of JWTs are; its scheme is http when they are asked for.
    public var authServiceURL = HTTPBaseURL(.http, host: "auth-service", port: 8003)
    /// The time between two pings to an IDE; 0: none are sent.
    public var heartbeatInterval: Int64 = 30_000_000
    /// How long an IDE may take to answer a close frame.
    public var closeTimeout: Int64 = 10_000_000
    /// How many requests to the Agent Runtime may be under way.
    public var maxConcurrentRequests = 10_000
    /// The folder of the event log.
    public var logDir = "./gateway-log"
    /// What a committed event is safe against.
    public var logSync = LogSync.full
    /// Size at which the log goes on in a new segment.
    public var logSegmentBytes = LogOptions().segmentBytes
    /// Age at which it does.
    public var logSegmentAge = LogOptions().segmentAge
    /// What is kept of the log.
    public var logRetention = LogRetention()
    /// Whether a `session_info` that only repeats the id goes to the IDE.
    public var sessionInfo = SessionPolicy.RepeatedSessionInfo.once
    /// What becomes of an answer when the IDE leaves.
    public var onDisconnect = SessionPolicy.Disconnect.finish
    /// How long an answer is read on after its IDE has left.
    public var finishTimeout: Int64 = 600_000_000
    /// How long a stop waits for answers under way.
    public var drainTimeout: Int64 = 8_000_000
    /// How long an IDE may take nothing while there is something for it.
    public var slowConsumerTimeout: Int64 = 60_000_000
    /// How many threads serve connections.
    public var loops = 1
    /// Whether a WebSocket must present credentials.
    public var websocketAuth = WebSocketAuth.optional
    /// The longest message of an IDE.
    public var maxMessageBytes = 16 << 20
    /// How many messages of a connection may wait for their turn.
    public var queueMessages = 16
    /// How many connections are served at a time; 0: as many as the descriptor limit allows.
    public var maxConnections = 0

    /// The defaults, with the agent at the given place.
    public init(agentURL: HTTPBaseURL) {
        self.agentURL = agentURL
    }

    /// Takes the Agent Runtime at a URL instead.
    public mutating func useAgent(at url: String) throws(HTTPBaseURLError) {
        agentURL = try HTTPBaseURL(url)
    }

    /// Reads the settings. Throws all mistakes at once.
    ///
    /// - Parameters:
    ///   - environment: The process's variables; they win over the file's.
    ///   - dotEnv: The text of the `.env` file, if there is one.
    public static func read(
        environment: [String: String],
        dotEnv: String?
    ) throws(SettingsError) -> Settings {
        try SettingsReading(environment: environment, dotEnv: dotEnv).settings
    }
}

extension Settings {
    /// What is chosen about the event log.
    var logOptions: LogOptions {
        var options = LogOptions(sync: logSync)
        options.segmentBytes = logSegmentBytes
        options.segmentAge = logSegmentAge
        options.retention = logRetention
        return options
    }
}
