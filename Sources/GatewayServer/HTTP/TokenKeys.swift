import AgentClient
import IOLoop
import Session
import Tokens
import Wire

/// The keys with which the auth service signs access tokens, and the judgement by them. Lives on one loop.
///
///     none ── fetch ─→ keys ── lifetime over, or none of them has signed a token ── fetch ─→ keys …
///      └ failed ─ after retryDelay ─→ fetch                └ failed: the old ones go on
///
/// A token that no key has signed waits for another fetch: only that tells whether it is wrong or they are old.
final class TokenKeys {
    /// What a token is worth.
    enum Judgement {
        case valid
        case refused
        /// Keys must be fetched first: see ``whenFetched(for:_:)``.
        case awaitsKeys
        /// There are no keys, and it is too early to ask for them again.
        case noKeys
    }

    /// Where keys are by convention; the form is that of RFC 7517 §5.
    private static let path = "/.well-known/jwks.json"
    /// How long keys are used before they are fetched again, in microseconds. One that the auth service takes
    /// back is believed no longer than that, as long as the service answers.
    private static let lifetime: Int64 = 300_000_000
    /// The least time between the end of a fetch and the next, in microseconds.
    private static let retryDelay: Int64 = 10_000_000
    /// The longest answer, in bytes.
    private static let maxBytes = 1 << 20
    /// The least time between two lines about refused tokens, in microseconds.
    private static let lineInterval: Int64 = 1_000_000

    private let place: String
    private let rules: TokenRules
    private let timeLimit: Int64
    private let head: AgentRequestHead
    private let client: AgentClient
    private let loop: EventLoop
    private let log: OperatorLog
    private var keys: JSONWebKeySet?
    /// Whether the callers that are told now have waited for a fetch that went well.
    private var areKeysFresh = false
    /// What is being fetched.
    private var answer: WholeAnswer?
    private var waiting: [ObjectIdentifier: () -> Void] = [:]
    /// When keys may be fetched again, monotonic microseconds; moves on when a fetch ends.
    private var nextFetch: Int64 = 0
    /// Bounds the fetch under way; else: when the next one is due.
    private var timer: LoopTimer?
    /// Why the last fetch failed; nil: it did not.
    private var lastFailure: String?
    /// When a line about refused tokens may be written again, monotonic microseconds.
    private var nextLine: Int64 = 0
    /// How many refused tokens no line tells of.
    private var untold = 0

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

    /// How long it takes until keys can be asked for again, in whole seconds, at least 1.
    var secondsToNextFetch: Int64 { max(1, (nextFetch &- loop.now &+ 999_999) / 1_000_000) }

    /// Judges a token; why one is refused is told to operators. `peer`: who has sent it, for them.
    func judge(_ text: String, from peer: String) -> Judgement {
        do throws(TokenViolation) {
            return try judge(AccessToken(text))
        } catch {
            tell(error, of: peer)
            return .refused
        }
    }

    /// Whether keys are being fetched or can be asked for now.
    private var mayFetch: Bool { loop.now >= nextFetch }

    private func judge(_ token: AccessToken) throws(TokenViolation) -> Judgement {
        guard let keys else { return mayFetch ? .awaitsKeys : .noKeys }
        do throws(TokenViolation) {
            try token.verify(with: keys, rules, now: loop.wallTime / 1_000_000)
            return .valid
        } catch {
            guard error == .signature, mayBeOld(keys, for: token) else { throw error }
            return mayFetch || lastFailure == nil ? .awaitsKeys : .noKeys
        }
    }

    /// Whether newer keys could fit a token better. For one that names a key which there is, only if they can be
    /// asked for at once: most likely the token is wrong.
    private func mayBeOld(_ keys: JSONWebKeySet, for token: AccessToken) -> Bool {
        if areKeysFresh { return false }
        return !keys.hasKey(for: token) || mayFetch
    }

    /// One line at most in each `lineInterval`: anybody can send bad tokens, and lines that matter more must not be
    /// lost among them.
    private func tell(_ violation: TokenViolation, of peer: String) {
        guard loop.now >= nextLine else {
            untold += 1
            return
        }
        let others = untold > 0 ? "; \(untold) more since the last such line" : ""
        log.write(.info, "Refused an access token from \(peer): \(violation)\(others)")
        nextLine = loop.now &+ Self.lineInterval
        untold = 0
    }

    /// Calls `body` once, when the fetch under way has ended, well or not; if there is none, it begins now or as
    /// soon as it may.
    func whenFetched(for caller: AnyObject, _ body: @escaping () -> Void) {
        waiting[ObjectIdentifier(caller)] = body
        guard answer == nil else { return }
        if mayFetch { return fetch() }
        if let timer { loop.arm(timer, after: nextFetch &- loop.now) }
    }

    /// The caller has gone.
    func forget(_ caller: AnyObject) { waiting.removeValue(forKey: ObjectIdentifier(caller)) }

    private func fetch() {
        let request = AgentRequest(head, silenceLimit: timeLimit)
        answer = WholeAnswer(to: request, by: client, maxBytes: Self.maxBytes) { [unowned self] in
            take($0)
        }
        if let timer { loop.arm(timer, after: timeLimit) }
    }

    private func timeIsUp() {
        guard let answer else { return fetch() }
        answer.cancel()
        finish(failure: "the auth service's answer took longer than the time for requests")
    }

    private func take(_ outcome: WholeAnswer.Outcome) {
        switch outcome {
        case .success((let head, let body)) where head.status == 200: take(body)
        case .success((let head, _)):
            finish(failure: "the auth service answers with status \(head.status)")
        case .failure(let failure): finish(failure: failure.description(of: "the auth service"))
        }
    }

    private func take(_ body: [UInt8]) {
        do throws(KeySetViolation) {
            let found = try JSONWebKeySet(body.span)
            if found != keys || lastFailure != nil {
                log.write(.info, "Access tokens are checked with \(found.count) keys from \(place)")
            }
            keys = found
            finish(failure: nil)
        } catch {
            // It has no such keys any more: those that it had are taken back.
            if error == .noUsableKey { keys = nil }
            finish(failure: error.description)
        }
    }

    private func finish(failure: String?) {
        if let failure, failure != lastFailure {
            log.write(.warning, "Cannot get the keys of access tokens from \(place): \(failure)")
        }
        lastFailure = failure
        answer = nil
        nextFetch = loop.now &+ Self.retryDelay
        if let timer { loop.arm(timer, after: failure == nil ? Self.lifetime : Self.retryDelay) }
        var resumed: [ObjectIdentifier: () -> Void] = [:]
        swap(&resumed, &waiting)
        areKeysFresh = failure == nil
        for body in resumed.values { body() }
        areKeysFresh = false
    }
}
