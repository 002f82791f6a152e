import Wire

/// One key of a set that RS256 can use (RFC 7517 §4, RFC 7518 §6.3.1).
struct JSONWebKey: Equatable, Sendable {
    /// Its `kid`.
    let id: String?
    let key: RSAPublicKey

    /// Nil when the text is no such key: of another type, for other uses, or with numbers that are
    /// refused.
    init?(_ json: Span<UInt8>) {
        var scanner = JSONScanner()
        guard (try? scanner.scan(json)) == .object,
            scanner.member("kty", in: json)?.isString("RSA", in: json) == true,
            scanner.member("use", in: json)?.isString("sig", in: json) != false,
            scanner.member("alg", in: json)?.isString("RS256", in: json) != false,
            Self.allowsVerifying(scanner.member("key_ops", in: json), in: json),
            let modulus = Self.bytes(scanner.string("n", in: json)),
            let exponent = Self.bytes(scanner.string("e", in: json)),
            let key = RSAPublicKey(modulus: modulus, exponent: exponent)
        else { return nil }
        let identity = scanner.member("kid", in: json)
        id = identity?.string(in: json)
        guard identity == nil || id != nil else { return nil }
        self.key = key
    }

    /// Whether the key may be meant by a token: by its id, or, when the token names none, anyway
    /// (RFC 7515 §4.1.4).
    func isMeant(by keyID: String?) -> Bool {
        guard let keyID else { return true }
        return id?.utf8.elementsEqual(keyID.utf8) ?? false
    }

    private static func allowsVerifying(_ operations: JSONMember?, in json: Span<UInt8>) -> Bool {
        guard let operations else { return true }
        return JSONString.strings(inArray: json.extracting(operations.value)).contains("verify")
    }

    private static func bytes(_ text: String?) -> [UInt8]? {
        text.flatMap { Base64.decode($0, alphabet: .url) }
    }
}
