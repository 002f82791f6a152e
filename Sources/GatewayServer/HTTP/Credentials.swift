import Wire

/// What a caller shows to prove who it is.
enum Credentials {
    /// Nothing.
    case absent
    /// The internal key.
    case key
    /// A valid access token.
    case token
    /// Something else, which is not let in.
    case wrong
    /// An access token whose keys are being fetched.
    case awaitsKeys
    /// An access token whose keys cannot be had.
    case noKeys

    /// Looks at the fields of a request; `tokens`: nil where tokens mean nothing.
    init(_ head: HTTPRequestHead, settings: Settings, tokens: TokenKeys?) {
        let keys = head.values(of: "X-Internal-Auth")
        guard keys.isEmpty else {
            self = keys.allSatisfy { Self.equal($0, settings.internalKey) } ? .key : .wrong
            return
        }
        let fields = head.values(of: "Authorization")
        guard let tokens, let field = fields.first, let token = Self.bearerToken(field) else {
            self = .absent
            return
        }
        guard fields.count == 1 else {
            self = .wrong
            return
        }
        switch tokens.judge(token) {
        case .valid: self = .token
        case .refused: self = .wrong
        case .awaitsKeys: self = .awaitsKeys
        case .noKeys: self = .noKeys
        }
    }

    /// The token of a field `Authorization: Bearer …` (RFC 6750 §2.1); nil: another scheme.
    private static func bearerToken(_ field: String) -> String? {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1].drop { $0 == " " })
    }

    /// Takes the same time wherever the texts differ.
    private static func equal(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        var difference = left.count ^ right.count
        for index in right.indices {
            difference |= Int(right[index] ^ (index < left.count ? left[index] : 0))
        }
        return difference == 0
    }
}
