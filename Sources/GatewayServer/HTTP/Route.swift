import Wire

/// What a request is for.
enum Route {
    case health
    /// A WebSocket for the id. `authentication`: as in `ConnectionOpened`.
    case webSocket(id: String, authentication: String)
    /// A REST call that goes on to the agent, with its target there.
    case agent(target: String)
    case refused(HTTPAnswer)
    /// Known when the keys of access tokens have been fetched.
    case awaitsKeys

    /// Whether it is a call that goes on to the agent, by somebody who may make it.
    var reachesAgent: Bool { if case .agent = self { true } else { false } }

    /// The calls that go on to the agent: path without `/api/v1`, `*` for an id.
    private static let agentRoutes: [(method: String, path: [String])] = [
        ("GET", ["agents"]),
        ("GET", ["agents", "*", "current"]),
        ("GET", ["sessions"]),
        ("POST", ["sessions"]),
        ("GET", ["sessions", "*", "history"]),
        ("GET", ["sessions", "*", "pending-approvals"]),
        ("GET", ["events", "metrics"]),
        ("GET", ["events", "metrics", "sessions"]),
        ("GET", ["events", "metrics", "session", "*"]),
        ("GET", ["events", "audit-log"]),
        ("GET", ["events", "stats"]),
    ]

    /// - Parameters:
    ///   - tokens: nil where access tokens mean nothing.
    ///   - peer: who has sent the request, for operators.
    init(_ head: HTTPRequestHead, settings: Settings, tokens: TokenKeys?, peer: String) {
        // Looked at only where they matter: the keys of tokens may have to be fetched.
        let credentials = {
            Credentials(head, settings: settings, tokens: tokens, peer: peer)
        }
        guard let segments = HTTPPath.segments(of: head.path) else {
            self = .refused(.error(400, "the path is not valid"))
            return
        }
        let inner = segments.starts(with: ["api", "v1"]) ? Array(segments.dropFirst(2)) : nil
        if segments == ["health"] || inner == ["health"] {
            self = head.method == "GET" ? .health : Self.wrongMethod(allowed: ["GET"])
        } else if let id = Self.webSocketID(inner ?? segments) {
            self = Self.webSocket(id, credentials(), settings, tokens)
        } else if let inner {
            self = Self.agent(inner, head, credentials, tokens)
        } else {
            self = .refused(.error(404, "Not Found"))
        }
    }

    private static func webSocketID(_ segments: [String]) -> String? {
        segments.count == 2 && segments[0] == "ws" && !segments[1].isEmpty ? segments[1] : nil
    }

    private static func webSocket(
        _ id: String,
        _ credentials: Credentials,
        _ settings: Settings,
        _ tokens: TokenKeys?
    ) -> Route {
        switch credentials {
        case .key: return .webSocket(id: id, authentication: "key")
        case .token: return .webSocket(id: id, authentication: "jwt")
        case .absent where settings.websocketAuth == .optional:
            return .webSocket(id: id, authentication: "none")
        default: return notLetIn(credentials, tokens)
        }
    }

    private static func agent(
        _ segments: [String],
        _ head: HTTPRequestHead,
        _ credentials: () -> Credentials,
        _ tokens: TokenKeys?
    ) -> Route {
        let matching = agentRoutes.filter { matches(segments, $0.path) }
        guard !matching.isEmpty else { return .refused(.error(404, "Not Found")) }
        let credentials = credentials()
        guard credentials == .key || credentials == .token else {
            return notLetIn(credentials, tokens)
        }
        guard matching.contains(where: { $0.method == head.method }) else {
            return wrongMethod(allowed: matching.map(\.method))
        }
        // As written, without its first two segments, however these are encoded.
        let rest = head.path.utf8.split(
            separator: UInt8(ascii: "/"),
            maxSplits: 3,
            omittingEmptySubsequences: false
        )
        var target = "/" + (rest.last.map { String(Substring($0)) } ?? "")
        if let query = head.query { target += "?" + query }
        if segments == ["events", "audit-log"], HTTPQuery(head.query).value(of: "limit") == nil {
            target += (head.query == nil ? "?" : "&") + "limit=100"
        }
        return .agent(target: target)
    }

    /// The answer to credentials that do not suffice. Where tokens are taken, it says so, and whether one was the
    /// fault (RFC 6750 §3).
    private static func notLetIn(_ credentials: Credentials, _ tokens: TokenKeys?) -> Route {
        switch credentials {
        case .awaitsKeys: return .awaitsKeys
        case .noKeys:
            let seconds = tokens?.secondsToNextFetch ?? 1
            let text = "access tokens cannot be checked now"
            return .refused(.unavailable(text, retryAfter: seconds))
        default:
            let fault = credentials == .wrongToken ? " error=\"invalid_token\"" : ""
            let fields: HTTPFields = tokens == nil ? [:] : ["WWW-Authenticate": "Bearer\(fault)"]
            return .refused(.error(401, "unauthorized", fields: fields))
        }
    }

    private static func matches(_ segments: [String], _ path: [String]) -> Bool {
        segments.count == path.count
            && zip(segments, path).allSatisfy { $0 == $1 || ($1 == "*" && !$0.isEmpty) }
    }

    private static func wrongMethod(allowed: [String]) -> Route {
        let fields: HTTPFields = ["Allow": allowed.joined(separator: ", ")]
        return .refused(.error(405, "Method Not Allowed", fields: fields))
    }
}
