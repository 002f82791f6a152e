import Wire

/// What a caller shows to prove who it is.
enum Credentials {
    /// Nothing.
    case absent
    /// The internal key.
    case key
    /// A valid access token.
    case token
    /// A key that is not the internal one.
    case wrongKey
    /// An access token that is refused, or something else in its place.
    case wrongToken
    /// An access token whose keys are being fetched.
    case awaitsKeys
    /// An access token whose keys cannot be had.
    case noKeys

    /// Looks at the fields of a request. A token comes before a key, as with earlier gateways.
    ///
    /// - Parameters:
    ///   - tokens: nil where tokens mean nothing.
    ///   - peer: who has sent the request, for operators.
    init(_ head: HTTPRequestHead, settings: Settings, tokens: TokenKeys?, peer: String) {
        if let tokens, let fields = Self.bearerTokens(head) {
            self = fields.count == 1 ? Self.judge(fields[0], tokens, peer) : .wrongToken
            return
        }
        let keys = head.values(of: "X-Internal-Auth")
        if keys.isEmpty {
            self = .absent
        } else {
            self = keys.allSatisfy { Self.equal($0, settings.internalKey) } ? .key : .wrongKey
        }
    }

    private static func judge(_ token: String, _ tokens: TokenKeys, _ peer: String) -> Credentials {
        switch tokens.judge(token, from: peer) {
        case .valid: .token
        case .refused: .wrongToken
        case .awaitsKeys: .awaitsKeys
        case .noKeys: .noKeys
        }
    }

    /// What stands behind `Bearer` (RFC 6750 §2.1) in the Authorization fields of a request, if it is in any of
    /// them. Fields of other schemes are none of the gateway's business.
    private static func bearerTokens(_ head: HTTPRequestHead) -> [String]? {
        let tokens = head.values(of: "Authorization").compactMap { field -> String? in
            let scheme = field.prefix { $0 != " " }
            guard scheme.lowercased() == "bearer" else { return nil }
            return String(field[scheme.endIndex...].drop { $0 == " " })
        }
        return tokens.isEmpty ? nil : tokens
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
