import Wire

/// The public keys of an issuer (RFC 7517 §5): those of them that RS256 can use. Others are passed
/// over, as §5 asks for.
///
/// Usable are RSA keys for signatures with a modulus of 2048 to 8192 bits and an exponent from 3 to
/// 2³², both odd.
public struct JSONWebKeySet: Equatable, Sendable {
    /// How many keys are kept, the first ones: a token without a key id is tried with each.
    public static let maxKeys = 32

    let keys: [JSONWebKey]

    /// Reads a set as its issuer publishes it.
    public init(_ json: Span<UInt8>) throws(KeySetViolation) {
        var scanner = JSONScanner()
        let kind: JSONKind
        do throws(JSONViolation) { kind = try scanner.scan(json) } catch { throw .json(error) }
        guard kind == .object, let member = scanner.member("keys", in: json) else { throw .noKeys }
        var keys: [JSONWebKey] = []
        let array = json.extracting(member.value)
        let isArray = try? scanner.forEachElement(ofArray: array) { element, _ in
            if keys.count < Self.maxKeys, let key = JSONWebKey(element) { keys.append(key) }
        }
        guard isArray == true else { throw .noKeys }
        guard !keys.isEmpty else { throw .noUsableKey }
        self.keys = keys
    }

    /// How many usable keys there are: from 1 to ``maxKeys``.
    public var count: Int { keys.count }

    /// Whether a key has the id that the token names, or the token names none. If not, the issuer may
    /// have a newer set.
    public func hasKey(for token: AccessToken) -> Bool {
        keys.contains { $0.isMeant(by: token.keyID) }
    }
}
