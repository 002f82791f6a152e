import Testing
import Wire

@testable import Tokens

struct AccessTokenTests {
    private static let valid = TokenMaker.token()
    private static let ofLong = TokenMaker.token(.long)
    private static let named = TokenMaker.token(header: #"{"kid":"b","alg":"RS256"}"#)
    private static let refused = TokenMaker.token(claims: #"{"iss":"somebody"}"#)

    private func violation(header: String) -> TokenViolation? {
        do throws(TokenViolation) {
            _ = try AccessToken(TokenMaker.token(header: header, signature: [1]))
            return nil
        } catch {
            return error
        }
    }

    @Test("What an issuer signs is accepted")
    func accepted() throws {
        #expect(AccessToken.violation(of: Self.valid, TokenMaker.set((.usual, id: nil))) == nil)
        #expect(AccessToken.violation(of: Self.ofLong, TokenMaker.set((.long, id: "x"))) == nil)
        #expect(try AccessToken(Self.valid).keyID == nil)
        #expect(try AccessToken(Self.named).keyID == "b")
    }

    @Test(
        "A token has three parts in base64url",
        arguments: [
            ("", .malformed(.token)), (".", .malformed(.token)), ("a.b", .malformed(.token)),
            ("e30.e30.e30.e30", .malformed(.token)), ("e30.e30..", .malformed(.token)),
            ("e30.e30.e30.e30.e30", .malformed(.token)), ("..", .malformed(.header)),
            ("e30=.e30.AA", .malformed(.header)), ("e3 0.e30.AA", .malformed(.header)),
            ("e31.e30.AA", .malformed(.header)), ("é.e30.AA", .malformed(.header)),
            ("e30.e30=.AA", .malformed(.claims)), ("e30.+.AA", .malformed(.claims)),
            ("e30.e30.AA==", .malformed(.signature)), ("e30.e30.A", .malformed(.signature)),
            ("e30.e30.AB", .malformed(.signature)), ("e30.e30.AA\n", .malformed(.signature)),
            ("e30.e30.AA", .algorithm),
        ] as [(String, TokenViolation)]
    )
    func form(text: String, expected: TokenViolation) {
        #expect(throws: expected) { try AccessToken(text) }
    }

    @Test("A token is of limited length")
    func length() {
        let rest = String(repeating: ".", count: AccessToken.maxBytes)
        #expect(throws: TokenViolation.malformed(.token)) { try AccessToken(rest) }
        #expect(throws: TokenViolation.tooLong) { try AccessToken(rest + ".") }
        let wide = String(repeating: "é", count: AccessToken.maxBytes / 2 + 1)
        #expect(throws: TokenViolation.tooLong) { try AccessToken(wide) }
    }

    @Test(
        "The header is an object with the one algorithm, without extensions",
        arguments: [
            ("", .malformed(.header)), ("[]", .malformed(.header)), ("{", .malformed(.header)),
            (#"{"alg":"RS256"}}"#, .malformed(.header)), ("{}", .algorithm),
            (#"{"alg":"none"}"#, .algorithm), (#"{"alg":"HS256"}"#, .algorithm),
            (#"{"alg":"rs256"}"#, .algorithm), (#"{"alg":"RS256 "}"#, .algorithm),
            (#"{"alg":"RS2560"}"#, .algorithm), (#"{"alg":["RS256"]}"#, .algorithm),
            (#"{"alg":null}"#, .algorithm), (#"{"Alg":"RS256"}"#, .algorithm),
            (#"{"alg":"RS256","alg":"none"}"#, .algorithm),
            (#"{"alg":"RS256","crit":["exp"]}"#, .criticalExtension),
            (#"{"alg":"RS256","crit":[]}"#, .criticalExtension),
            (#"{"alg":"RS256","cr\u0069t":null}"#, .criticalExtension),
            (#"{"alg":"RS256","crit":["b64"],"b64":false}"#, .criticalExtension),
            (#"{"alg":"RS256","kid":1}"#, .malformed(.keyID)),
            (#"{"alg":"RS256","kid":null}"#, .malformed(.keyID)),
            (#"{"alg":"RS256","kid":"\ud800"}"#, .malformed(.keyID)),
            (#"{"alg":"RS256","kid":"a","kid":[]}"#, .malformed(.keyID)),
        ] as [(String, TokenViolation)]
    )
    func header(text: String, expected: TokenViolation) {
        #expect(violation(header: text) == expected)
    }

    @Test(
        "Members that say nothing about the check are passed over",
        arguments: [
            #"{"alg":"RS256"}"#, #" { "typ" : "at+jwt", "alg" : "RS256" } "#,
            #"{"alg":"none","alg":"RS256"}"#, #"{"alg":"RS256","kid":""}"#,
            #"{"alg":"RS256","jwk":{},"jku":"http://a","x5u":1}"#,
        ]
    )
    func otherMembers(header: String) {
        #expect(violation(header: header) == nil)
    }

    /// The classic confusions (RFC 8725 §2.1): no signature, and a MAC with the public key as secret.
    @Test("A token cannot choose its algorithm")
    func confusion() {
        let keys = TokenMaker.set((.usual, id: nil))
        let header = #"{"alg":"HS256","typ":"JWT"}"#
        let signed = TokenMaker.encode(header) + "." + TokenMaker.encode(TokenMaker.claims)
        let mac = Self.mac(of: Array(signed.utf8), key: TestKey.usual.modulus)
        let token = TokenMaker.token(header: header, signature: mac)
        #expect(AccessToken.violation(of: token, keys) == .algorithm)
        let plain = TokenMaker.token(header: #"{"alg":"none"}"#, signature: [])
        #expect(AccessToken.violation(of: plain, keys) == .algorithm)
        let bare = TokenMaker.token(header: TokenMaker.header, signature: [])
        #expect(AccessToken.violation(of: bare, keys) == .signature)
        let short = TokenMaker.token(header: TokenMaker.header, signature: mac)
        #expect(AccessToken.violation(of: short, keys) == .signature)
    }

    @Test("A key of the set must have signed the token")
    func otherKey() {
        #expect(
            AccessToken.violation(of: Self.valid, TokenMaker.set((.long, id: nil))) == .signature
        )
        let both = TokenMaker.set((.long, id: nil), (.uneven, id: "b"), (.usual, id: "c"))
        #expect(AccessToken.violation(of: Self.valid, both) == nil, "without an id each is tried")
    }

    @Test("The name of a key is a hint: another one may have signed")
    func keyIDs() throws {
        let same = TokenMaker.set((.long, id: "b"), (.usual, id: "a"), (.usual, id: "b"))
        #expect(AccessToken.violation(of: Self.named, same) == nil)
        let swapped = TokenMaker.set((.usual, id: "a"), (.long, id: "b"))
        #expect(AccessToken.violation(of: Self.named, swapped) == nil)
        let none = TokenMaker.set((.long, id: "b"))
        #expect(AccessToken.violation(of: Self.named, none) == .signature)
        for id in ["a", "B", "b ", "", nil] {
            let others = try #require(TokenMaker.set((.usual, id: id)))
            #expect(AccessToken.violation(of: Self.named, others) == nil)
            #expect(try !others.hasKey(for: AccessToken(Self.named)))
            #expect(try others.hasKey(for: AccessToken(Self.valid)))
        }
    }

    @Test("Ids of keys are compared byte for byte")
    func canonicalEquivalents() throws {
        let composed = try AccessToken(
            TokenMaker.token(header: #"{"alg":"RS256","kid":"\u00e9"}"#, signature: [])
        )
        let same = try #require(TokenMaker.set((.usual, id: "é")))
        let decomposed = try #require(TokenMaker.set((.usual, id: "e\u{301}")))
        #expect(same.hasKey(for: composed))
        #expect(!decomposed.hasKey(for: composed))
    }

    @Test("The claims are read when the signature is right, and not before")
    func order() {
        let keys = TokenMaker.set((.usual, id: nil))
        #expect(AccessToken.violation(of: Self.refused, keys) == .issuer)
        let unsigned = String(Self.refused.prefix { $0 != "." }) + ".e30" + "." + "AA"
        #expect(AccessToken.violation(of: unsigned, keys) == .signature)
        let expired = AccessToken.violation(of: Self.valid, keys, now: 1_750_000_300)
        #expect(expired == .expired)
    }

    @Test("A violation is told in a sentence without a full stop")
    func descriptions() {
        let all: [TokenViolation] = [
            .tooLong, .malformed(.token), .malformed(.header), .malformed(.keyID),
            .malformed(.claims), .malformed(.signature), .malformed(.expiry),
            .malformed(.notBefore), .algorithm, .criticalExtension, .signature, .issuer,
            .audience, .noExpiry, .expired, .notYetValid, .type,
        ]
        #expect(Set(all.map(\.description)).count == all.count)
        for violation in all {
            #expect(violation.description.hasPrefix("the "))
            #expect(!violation.description.hasSuffix("."))
        }
    }

    /// HMAC with SHA-256 (RFC 2104) and a key longer than a block, as a deceived verifier makes it.
    private static func mac(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        let short = SHA256.digest(of: key.span) + [UInt8](repeating: 0, count: 32)
        let inner = SHA256.digest(of: (short.map { $0 ^ 0x36 } + message).span)
        return SHA256.digest(of: (short.map { $0 ^ 0x5C } + inner).span)
    }
}
