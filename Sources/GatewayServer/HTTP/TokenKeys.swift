import AgentClient
import IOLoop
import Session
import Tokens
import Wire

/// The keys with which the auth service signs access tokens, and the judgement by them. Lives on one loop.
///
///     none ── fetch ─→ keys ── lifetime over, or a token names another key ── fetch ─→ keys …
///      └ failed ─ after retryDelay ─→ fetch             └ failed: the old ones go on
final class TokenKeys: AgentExchangeOwner {
    /// What a token is worth.
    enum Judgement {
        case valid
        case refused
        /// The keys are being fetched, or should be: see ``whenFetched(_:)``.
        case awaitsKeys
        /// There are no keys, and it is too early to ask for them again.
        case noKeys
    }

    /// Where keys are by convention (RFC 8414 §3.1 has the place, RFC 7517 §5 the form).
    private static let path = "/.well-known/jwks.json"
    /// How long keys are used before they are fetched again, in microseconds. One that the auth service takes
    /// back is believed no longer than that, as long as the service answers.
    private static let lifetime: Int64 = 300_000_000
    /// The time after a fetch, in microseconds, in which no token brings about another one.
    private static let retryDelay: Int64 = 10_000_000
    /// The longest answer, in bytes.
    private static let maxBytes = 1 << 20

    private let place: String
    private let rules: TokenRules
    private let timeLimit: Int64
    private let head: AgentRequestHead
    private let client: AgentClient
    private let loop: EventLoop
    private let log: OperatorLog
    private var keys: JSONWebKeySet?
    private var exchange: AgentExchange?
    private var status = 0
    private var answer: [UInt8] = []
    private var waiting: [() -> Void] = []
    /// When a token may bring about a fetch again, monotonic microseconds.
    private var nextFetch: Int64 = 0
    /// Bounds the fetch under way; else: when the next one is due.
    private var timer: LoopTimer?

    init(settings: Settings, log: OperatorLog, on loop: EventLoop) throws(IOError) {
        let origin = settings.authServiceURL
        place = origin.text + Self.path
        rules = TokenRules(issuer: settings.jwtIssuer, audience: settings.jwtAudience)
        timeLimit = settings.requestTimeout
        head = AgentRequestHead(
            "GET",
            Self.path,
            to: origin,
            fields: ["Accept": "application/json"]
        )
        let limits = AgentClientSettings(connectTimeout: timeLimit)
        client = try AgentClient(origin, settings: limits, on: loop)
        self.loop = loop
        self.log = log
        timer = LoopTimer { [unowned self] in timeIsUp() }
    }

    /// Asks for the keys, so that they are there when the first token comes.
    func start() { fetch() }

    /// Lets go of a fetch under way.
    func close() {
        client.close()
        if let timer { loop.disarm(timer) }
    }

    /// Judges a token; why one is refused is told to operators.
    func judge(_ text: String) -> Judgement {
        do throws(TokenViolation) {
            let token = try AccessToken(text)
            let mayFetch = exchange != nil || loop.now >= nextFetch
            guard let keys else { return mayFetch ? .awaitsKeys : .noKeys }
            if mayFetch, !keys.hasKey(for: token) { return .awaitsKeys }
            try token.verify(with: keys, rules, now: loop.wallTime / 1_000_000)
            return .valid
        } catch {
            log.write(.info, "Refused an access token: \(error)")
            return .refused
        }
    }

    /// Calls `body` when the fetch under way, or one that begins now, has ended, well or not.
    func whenFetched(_ body: @escaping () -> Void) {
        waiting.append(body)
        if exchange == nil { fetch() }
    }

    private func fetch() {
        status = 0
        answer = []
        exchange = client.send(AgentRequest(head, silenceLimit: timeLimit), owner: self)
        if let timer { loop.arm(timer, after: timeLimit) }
    }

    private func timeIsUp() {
        guard let exchange else { return fetch() }
        exchange.cancel()
        finish(failure: "the answer took longer than \(timeLimit / 1_000_000) s")
    }

    func exchange(_ exchange: AgentExchange, began head: HTTPResponseHead, raw: Span<UInt8>) {
        status = head.status
    }

    func exchange(_ exchange: AgentExchange, received body: Span<UInt8>) -> Int {
        guard answer.count + body.count <= Self.maxBytes else {
            exchange.cancel()
            finish(failure: "the answer is longer than \(Self.maxBytes) bytes")
            return body.count
        }
        answer.append(copying: body)
        return body.count
    }

    func exchange(_ exchange: AgentExchange, completed rest: Span<UInt8>) {
        guard status == 200 else { return finish(failure: "the answer is \(status), not 200") }
        do throws(KeySetViolation) {
            let found = try JSONWebKeySet(answer.span)
            if found != keys {
                log.write(.info, "Access tokens are checked with \(found.count) keys from \(place)")
            }
            keys = found
            finish(failure: nil)
        } catch {
            finish(failure: error.description)
        }
    }

    func exchange(_ exchange: AgentExchange, failed failure: AgentFailure, rest: Span<UInt8>) {
        finish(failure: failure.description(of: "the auth service"))
    }

    private func finish(failure: String?) {
        if let failure {
            log.write(.warning, "Cannot get the keys of access tokens from \(place): \(failure)")
        }
        exchange = nil
        answer = []
        nextFetch = loop.now &+ Self.retryDelay
        if let timer { loop.arm(timer, after: failure == nil ? Self.lifetime : Self.retryDelay) }
        var resumed: [() -> Void] = []
        swap(&resumed, &waiting)
        for body in resumed { body() }
    }
}
