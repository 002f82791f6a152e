import Wire

@testable import Tokens

/// Makes tokens as an issuer does.
enum TokenMaker {
    static let rules = TokenRules(issuer: "https://issuer.example", audience: "gateway")
    /// When the tokens made here are looked at.
    static let now: Int64 = 1_750_000_000
    static let header = #"{"alg":"RS256","typ":"JWT"}"#
    static let claims = """
        {"iss":"https://issuer.example","aud":"gateway","exp":1750000300,"type":"access","sub":"u-1"}
        """

    /// A token that the key has signed.
    static func token(
        _ key: TestKey = .usual,
        header: String = header,
        claims: String = claims
    ) -> String {
        let signed = encode(header) + "." + encode(claims)
        let digest = SHA256.digest(of: Array(signed.utf8).span)
        let encoded = RSAPublicKey.encoded(digest: digest, count: key.modulus.count)
        return signed + "." + encode(key.raise(encoded))
    }

    /// A token with any signature.
    static func token(header: String, claims: String = claims, signature: [UInt8]) -> String {
        encode(header) + "." + encode(claims) + "." + encode(signature)
    }

    static func encode(_ text: String) -> String { encode(Array(text.utf8)) }

    static func encode(_ bytes: [UInt8]) -> String { Base64.encode(bytes.span, alphabet: .url) }

    /// The set of those keys, each with an id or none.
    static func set(_ keys: (TestKey, id: String?)...) -> JSONWebKeySet? {
        let members = keys.map { key, id in key.json(id.map { #""kid":"\#($0)","# } ?? "") }
        return set("{\"keys\":[" + members.joined(separator: ",") + "]}")
    }

    /// The set that the text is.
    static func set(_ json: String) -> JSONWebKeySet? {
        try? JSONWebKeySet(Array(json.utf8).span)
    }
}

extension TestKey {
    /// What the owner of the key makes of an encoded message: its power to the secret exponent. Empty
    /// when it is not below the modulus.
    func raise(_ encoded: [UInt8]) -> [UInt8] {
        OddModulus(modulus)?.power(encoded, secret) ?? []
    }

    var publicKey: RSAPublicKey? { RSAPublicKey(modulus: modulus, exponent: Self.exponent) }

    /// The public key as a member of a set, with further members before those that it needs.
    func json(_ members: String = "") -> String {
        "{\(members)\"kty\":\"RSA\",\"n\":\"\(TokenMaker.encode(modulus))\",\"e\":\"AQAB\"}"
    }
}

extension AccessToken {
    /// Why the token is refused; nil when it is accepted.
    static func violation(
        of text: String,
        _ keys: JSONWebKeySet?,
        _ rules: TokenRules = TokenMaker.rules,
        now: Int64 = TokenMaker.now
    ) -> TokenViolation? {
        guard let keys else { return .signature }
        do throws(TokenViolation) {
            try AccessToken(text).verify(with: keys, rules, now: now)
            return nil
        } catch {
            return error
        }
    }
}
