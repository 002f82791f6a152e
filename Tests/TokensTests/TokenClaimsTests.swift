import Testing

@testable import Tokens

struct TokenClaimsTests {
    private static let now = TokenMaker.now

    private func violation(_ claims: String, _ rules: TokenRules = TokenMaker.rules)
        -> TokenViolation?
    {
        do throws(TokenViolation) {
            try TokenClaims.check(Array(claims.utf8).span, rules, now: Self.now)
            return nil
        } catch {
            return error
        }
    }

    /// Claims in order, of which some may be given another value or, with nil, left out.
    private func claims(_ changes: KeyValuePairs<String, String?> = [:]) -> String {
        var members = [
            ("iss", #""https://issuer.example""#), ("aud", #""gateway""#), ("exp", "1750000300"),
            ("type", #""access""#),
        ]
        for (name, value) in changes {
            members.removeAll { $0.0 == name }
            if let value { members.append((name, value)) }
        }
        return "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }

    @Test("Claims that are as they must be")
    func accepted() {
        #expect(violation(claims()) == nil)
        #expect(violation(TokenMaker.claims) == nil)
        #expect(violation(" \(claims(["sub": "1", "iat": "null", "x": "[{}]"])) ") == nil)
    }

    @Test(
        "Claims are a JSON object",
        arguments: ["", "null", "[]", "{", "\"a\"", "{}{}", "{\"iss\"}", "\u{FEFF}{}"]
    )
    func malformed(text: String) {
        #expect(violation(text) == .malformed(.claims))
    }

    @Test(
        "The issuer is the one asked for, byte for byte",
        arguments: [
            nil, "null", "1", #""""#, #""https://issuer.example/""#, #""HTTPS://issuer.example""#,
            #""https://issuer.exampl""#, #"["https://issuer.example"]"#, #""\ud800""#,
        ]
    )
    func issuer(value: String?) {
        #expect(violation(claims(["iss": value])) == .issuer)
    }

    @Test(
        "The audience is the one asked for or in an array of strings",
        arguments: [
            (#""gateway""#, nil), (#"["gateway"]"#, nil), (#"["a", "gateway" ,"b"]"#, nil),
            (#"["g\u0061teway"]"#, nil), (nil, .audience), ("null", .audience), ("[]", .audience),
            (#""other""#, .audience), (#""gateway2""#, .audience), (#""Gateway""#, .audience),
            (#"["a","b"]"#, .audience), (#"[["gateway"]]"#, .audience), ("true", .audience),
            (#"{"gateway":"gateway"}"#, .audience), (#"["gateway",1]"#, .audience),
            (#"[null,"gateway"]"#, .audience), (#""\"gateway\"""#, .audience),
        ] as [(String?, TokenViolation?)]
    )
    func audience(value: String?, expected: TokenViolation?) {
        #expect(violation(claims(["aud": value])) == expected)
    }

    @Test("Canonical equivalents are not the same")
    func canonicalEquivalents() {
        let rules = TokenRules(issuer: "\u{e9}", audience: "\u{e9}")
        let same = #""\u00e9""#
        let other = #""e\u0301""#
        #expect(violation(claims(["iss": same, "aud": same]), rules) == nil)
        #expect(violation(claims(["iss": other, "aud": same]), rules) == .issuer)
        #expect(violation(claims(["iss": same, "aud": other]), rules) == .audience)
    }

    /// The time is 1750000000.
    @Test(
        "A token is good until it expires, and no longer",
        arguments: [
            ("1750000001", nil), ("1750000000.5", nil), ("1.7500000010e9", nil),
            ("1750000001000e-3", nil), ("2E+9", nil), ("9223372036854775807", nil),
            ("18446744073709551616", nil), ("1e400", nil), ("1750000000", .expired),
            ("1749999999.999", .expired), ("1750000000.0", .expired), ("0", .expired),
            ("-1", .expired), ("-0", .expired), ("-1e400", .expired), ("1e-400", .expired),
            ("1.75e9", .expired), (nil, .noExpiry), ("null", .malformed(.expiry)),
            (#""1750000300""#, .malformed(.expiry)), ("[1750000300]", .malformed(.expiry)),
            ("true", .malformed(.expiry)), ("{}", .malformed(.expiry)),
        ] as [(String?, TokenViolation?)]
    )
    func expiry(value: String?, expected: TokenViolation?) {
        #expect(violation(claims(["exp": value])) == expected)
    }

    @Test(
        "A token is not good before it says",
        arguments: [
            (nil, nil), ("1750000000", nil), ("1749999999.5", nil), ("0", nil), ("-5", nil),
            ("-1e400", nil), ("1750000001", .notYetValid), ("1750000000.5", .notYetValid),
            ("1e400", .notYetValid), ("1.76e9", .notYetValid), ("null", .malformed(.notBefore)),
            (#""0""#, .malformed(.notBefore)), ("[]", .malformed(.notBefore)),
        ] as [(String?, TokenViolation?)]
    )
    func notBefore(value: String?, expected: TokenViolation?) {
        #expect(violation(claims(["nbf": value])) == expected)
    }

    @Test("Numbers of thousands of digits are numbers")
    func longNumbers() {
        let digits = String(repeating: "9", count: 10_000)
        #expect(violation(claims(["exp": digits])) == nil)
        #expect(violation(claims(["exp": "0." + digits])) == .expired)
        #expect(violation(claims(["exp": "1750000000." + digits])) == nil)
        #expect(violation(claims(["exp": "1e" + digits])) == nil)
        #expect(violation(claims(["exp": "1e-" + digits])) == .expired)
    }

    @Test(
        "The type is access",
        arguments: [nil, "null", "1", #""refresh""#, #""Access""#, #"["access"]"#, #""access ""#]
    )
    func type(value: String?) {
        #expect(violation(claims(["type": value])) == .type)
    }

    @Test("Of a claim that is there twice the last counts")
    func duplicates() {
        let valid = claims()
        #expect(violation(#"{"iss":"other","exp":0,"aud":[],"# + valid.dropFirst()) == nil)
        #expect(violation(valid.dropLast() + #","ex\u0070":0}"#) == .expired)
        #expect(violation(valid.dropLast() + #","iss":"other"}"#) == .issuer)
    }
}
