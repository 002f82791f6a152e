import EventStore
import Events
import Session

extension Setting {
    /// All settings, in the order of the documents.
    public static let all = addresses + authentication + times + limits + conversation + logs

    private static let addresses = [
        Setting("GATEWAY__HOST", \.host, .numericHost, "The address to listen on."),
        Setting(
            "PORT",
            \.port,
            .integer(0...UInt16.max),
            "The port to listen on; 0 takes any free one."
        ),
        Setting(
            "GATEWAY__AGENT_URL",
            \.agentURL,
            .plainURL,
            "Where the Agent Runtime is. A path in it is put before every path."
        ),
        Setting("GATEWAY__VERSION", \.version, .text, "The version that `/health` shows."),
        Setting(
            "GATEWAY__LOOPS",
            \.loops,
            .integer(1...64),
            "How many threads serve connections."
        ),
    ]

    private static let authentication = [
        Setting(
            "GATEWAY__INTERNAL_API_KEY",
            \.internalKey,
            .key,
            "What callers present in `X-Internal-Auth`, and what the Agent Runtime is sent.",
            isSecret: true
        ),
        Setting(
            "GATEWAY__WS_AUTH",
            \.websocketAuth,
            .choice([("optional", .optional), ("required", .required)]),
            "`optional`: credentials that a WebSocket presents must be right, and one without any "
                + "is let in. `required`: one without is refused with 401."
        ),
        Setting(
            "GATEWAY__USE_JWT_AUTH",
            \.useJWT,
            .boolean,
            "Whether callers may present an access token (`Authorization: Bearer`, a JSON Web Token "
                + "signed with RS256) instead of the key."
        ),
        Setting("GATEWAY__JWT_ISSUER", \.jwtIssuer, .text, "What `iss` of a token must be."),
        Setting(
            "GATEWAY__JWT_AUDIENCE",
            \.jwtAudience,
            .text,
            "What `aud` of a token must be, or have among others."
        ),
        Setting(
            "GATEWAY__AUTH_SERVICE_URL",
            \.authServiceURL,
            .serverURL,
            "Where the keys of tokens are: `/.well-known/jwks.json` below it. With tokens on, it must "
                + "be an `http://` URL."
        ),
    ]

    private static let times = [
        Setting(
            "GATEWAY__REQUEST_TIMEOUT",
            \.requestTimeout,
            .seconds(1...300),
            "How long the Agent Runtime may take to accept a connection and to answer a REST "
                + "request, and the auth service to give its keys."
        ),
        Setting(
            "GATEWAY__AGENT_STREAM_TIMEOUT",
            \.streamTimeout,
            .seconds(1...600),
            "How long an answer's stream may be silent between two reads."
        ),
        Setting(
            "GATEWAY__WS_HEARTBEAT_INTERVAL",
            \.heartbeatInterval,
            .seconds(0...3600),
            "The time between two pings to an IDE; 0 sends none."
        ),
        Setting(
            "GATEWAY__WS_CLOSE_TIMEOUT",
            \.closeTimeout,
            .seconds(0...60),
            "How long an IDE may take to answer a close frame."
        ),
        Setting(
            "GATEWAY__FINISH_TIMEOUT",
            \.finishTimeout,
            .seconds(1...86_400),
            "How long an answer is read on after its IDE has left."
        ),
        Setting(
            "GATEWAY__DRAIN_TIMEOUT",
            \.drainTimeout,
            .seconds(0...3600),
            "How long a stop waits for answers under way. Keep it below the time after which the "
                + "process is killed (`docker stop`: 10 s)."
        ),
        Setting(
            "GATEWAY__SLOW_CONSUMER_TIMEOUT",
            \.slowConsumerTimeout,
            .seconds(1...3600),
            "How long an IDE may take nothing while there is something for it."
        ),
    ]

    private static let limits = [
        Setting(
            "GATEWAY__MAX_CONNECTIONS",
            \.maxConnections,
            .integer(0...10_000_000),
            "How many connections are served at a time; 0 takes it from the descriptor limit."
        ),
        Setting(
            "GATEWAY__MAX_CONCURRENT_REQUESTS",
            \.maxConcurrentRequests,
            .integer(1...1_000_000),
            "How many requests to the Agent Runtime may be under way."
        ),
        Setting(
            "GATEWAY__MAX_MESSAGE_BYTES",
            \.maxMessageBytes,
            .integer(1024...1_073_741_824, of: "bytes"),
            "The longest message of an IDE."
        ),
        Setting(
            "GATEWAY__QUEUE_MESSAGES",
            \.queueMessages,
            .integer(1...1024),
            "How many messages of a connection may wait for their turn; past it the socket is "
                + "not read."
        ),
    ]

    private static let conversation = [
        Setting(
            "GATEWAY__SESSION_INFO",
            \.sessionInfo,
            .choice([("once", .once), ("always", .always)]),
            "Whether a `session_info` that only repeats the id goes to the IDE."
        ),
        Setting(
            "GATEWAY__ON_DISCONNECT",
            \.onDisconnect,
            .choice([("finish", .finish), ("cancel", .cancel)]),
            "When the IDE leaves during an answer: read it to its end, or cancel it."
        ),
    ]

    private static let logs = [
        Setting(
            "GATEWAY__LOG_DIR",
            \.logDir,
            .text,
            "The folder of the event log; it is made when it is not there."
        ),
        Setting(
            "GATEWAY__LOG_SYNC",
            \.logSync,
            .choice([("full", .full), ("normal", .normal)]),
            "`full`: committed events survive a loss of power. `normal`: faster, and they survive "
                + "a killed process only."
        ),
        Setting(
            "GATEWAY__LOG_SEGMENT_BYTES",
            \.logSegmentBytes,
            .integer(1 << 20...1 << 34, of: "bytes"),
            "Size of a segment of the event log, or of SQLite's write-ahead file beside it, at which the "
                + "next one begins."
        ),
        Setting(
            "GATEWAY__LOG_SEGMENT_AGE",
            \.logSegmentAge,
            .seconds(1...31_536_000),
            "Age of a segment at which the next one begins."
        ),
        Setting(
            "GATEWAY__LOG_RETENTION",
            \.logRetention,
            .retention,
            "What is kept of the event log: an age, a size of all its segments, or both (`30d,50GiB`). "
                + "Whole sealed segments are removed, the oldest first, and none that an open "
                + "connection has events in."
        ),
        Setting(
            "GATEWAY__LOG_LEVEL",
            \.logLevel,
            .choice([
                ("DEBUG", .debug), ("INFO", .info), ("WARNING", .warning), ("ERROR", .error),
                ("CRITICAL", .error),
            ]),
            "Log lines that matter less are not written. `CRITICAL` is taken as `ERROR`."
        ),
        Setting(
            "GATEWAY__LOG_FORMAT",
            \.logFormat,
            .choice([("text", .text), ("json", .json)]),
            "The form of log lines."
        ),
    ]
}
