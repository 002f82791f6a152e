import Wire

/// A JSON Web Token (RFC 7519) in the compact form of a signed text (RFC 7515 §7.1), taken apart and
/// not yet believed.
public struct AccessToken: Sendable {
    /// The most bytes that a token may have.
    public static let maxBytes = 16 * 1024

    /// The `kid` of its header: which key of its issuer has signed it.
    public let keyID: String?
    /// The SHA-256 digest of what is signed.
    private let digest: [UInt8]
    private let signature: [UInt8]
    /// JSON, if the token is what it seems to be.
    private let claims: [UInt8]

    /// Takes a token apart.
    ///
    /// Of the header only `alg`, `kid` and `crit` are looked at. A key that it brings along or points to
    /// (`jwk`, `jku`, `x5c`, `x5u`) means nothing: a key is believed for the set it is in.
    public init(_ text: String) throws(TokenViolation) {
        guard text.utf8.count <= Self.maxBytes else { throw .tooLong }
        let bytes = Array(text.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed(.token) }
        let header = try Self.decode(parts[0], .header)
        claims = try Self.decode(parts[1], .claims)
        signature = try Self.decode(parts[2], .signature)
        keyID = try Self.keyID(ofHeader: header.span)
        digest = SHA256.digest(of: bytes.span.extracting(..<parts[1].endIndex))
    }

    /// Believes the token or throws: a key of the set must have signed it, and only then its claims are
    /// read, which must be as the rules have them. The key id is a hint (RFC 7515 §4.1.4): the keys that have
    /// it are tried first, and then the others, for the signature alone proves anything.
    ///
    /// - Parameter now: seconds since 1970.
    public func verify(
        with keys: JSONWebKeySet,
        _ rules: TokenRules,
        now: Int64
    ) throws(TokenViolation) {
        let meant = keys.keys.filter { $0.isMeant(by: keyID) }
        let others = keys.keys.filter { !$0.isMeant(by: keyID) }
        guard (meant + others).contains(where: { $0.key.hasSigned(digest: digest, signature) })
        else { throw .signature }
        try TokenClaims.check(claims.span, rules, now: now)
    }

    private static func decode(
        _ part: ArraySlice<UInt8>,
        _ name: TokenViolation.Part
    ) throws(TokenViolation) -> [UInt8] {
        let text = String(decoding: part, as: UTF8.self)
        guard let bytes = Base64.decode(text, alphabet: .url) else { throw .malformed(name) }
        return bytes
    }

    /// The algorithm is never the token's choice (RFC 8725 §3.1): any other than RS256 is refused, so
    /// that nothing is believed without a signature, or with a public key taken for a shared secret.
    private static func keyID(ofHeader header: Span<UInt8>) throws(TokenViolation) -> String? {
        var scanner = JSONScanner()
        guard (try? scanner.scan(header)) == .object else { throw .malformed(.header) }
        guard scanner.member("alg", in: header)?.isString("RS256", in: header) == true else {
            throw .algorithm
        }
        guard scanner.member("crit", in: header) == nil else { throw .criticalExtension }
        guard let member = scanner.member("kid", in: header) else { return nil }
        guard let keyID = member.string(in: header) else { throw .malformed(.keyID) }
        return keyID
    }
}
