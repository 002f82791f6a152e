import Testing
import Wire

@testable import Tokens

struct JSONWebKeySetTests {
    private static let modulus = TokenMaker.encode(TestKey.usual.modulus)

    private func violation(of json: String) -> KeySetViolation? {
        do throws(KeySetViolation) {
            _ = try JSONWebKeySet(Array(json.utf8).span)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "What is no key set is refused",
        arguments: [
            ("", .json(.noValue(at: 0))), ("{\"keys\":[", .json(.endsEarly(at: 9))),
            ("[]", .noKeys), ("1", .noKeys), ("{}", .noKeys), (#"{"keys":{}}"#, .noKeys),
            (#"{"keys":null}"#, .noKeys), (#"{"keys":"RSA"}"#, .noKeys),
            (TestKey.usual.json(), .noKeys),
            (#"{"keys":[]}"#, .noUsableKey), (#"{"keys":[1,"a",null,[],{}]}"#, .noUsableKey),
            (#"{"keys":[\#(TestKey.usual.json())],"keys":[]}"#, .noUsableKey),
        ] as [(String, KeySetViolation)]
    )
    func refused(json: String, expected: KeySetViolation) {
        #expect(violation(of: json) == expected)
        #expect(!expected.description.hasSuffix("."))
    }

    @Test(
        "A usable key may say what it is for",
        arguments: [
            "", #""use":"sig","#, #""alg":"RS256","#, #""key_ops":["verify"],"#,
            #""key_ops":["sign","verify"],"#, #""kid":"","#, #""x5t":"a","other":{"use":"enc"},"#,
            #""use":"enc","use":"sig","#, #""k\u0069d":"a","#,
        ]
    )
    func usable(members: String) {
        #expect(TokenMaker.set("{\"keys\":[\(TestKey.usual.json(members))]}")?.count == 1)
    }

    @Test(
        "A key for something else is passed over",
        arguments: [
            #""use":"enc","#, #""use":1,"#, #""use":null,"#, #""alg":"RS512","#, #""alg":"PS256","#,
            #""alg":["RS256"],"#, #""alg":"HS256","#, #""key_ops":["sign"],"#, #""key_ops":[],"#,
            #""key_ops":"verify","#, #""key_ops":{"verify":"verify"},"#, #""kid":1,"#,
            #""kid":null,"#, #""kid":"\ud800","#,
        ]
    )
    func otherUses(members: String) {
        let keys = [TestKey.usual.json(members), TestKey.long.json()]
        #expect(TokenMaker.set("{\"keys\":[\(keys.joined(separator: ","))]}")?.count == 1)
        #expect(violation(of: "{\"keys\":[\(keys[0])]}") == .noUsableKey)
    }

    @Test(
        "Keys of other types and with missing or malformed numbers are passed over",
        arguments: [
            #"{"kty":"EC","crv":"P-256","x":"AQAB","y":"AQAB"}"#,
            #"{"kty":"oct","k":"\#(modulus)"}"#,
            #"{"n":"\#(modulus)","e":"AQAB"}"#,
            #"{"kty":"rsa","n":"\#(modulus)","e":"AQAB"}"#,
            #"{"kty":"RSA","n":"\#(modulus)"}"#, #"{"kty":"RSA","e":"AQAB"}"#,
            #"{"kty":"RSA","n":"\#(modulus)=","e":"AQAB"}"#,
            #"{"kty":"RSA","n":"\#(modulus)","e":"AQA+"}"#,
            #"{"kty":"RSA","n":"\#(modulus)","e":65537}"#,
            #"{"kty":"RSA","n":["\#(modulus)"],"e":"AQAB"}"#,
        ]
    )
    func otherKeys(key: String) {
        #expect(violation(of: "{\"keys\":[\(key)]}") == .noUsableKey)
    }

    @Test(
        "Exponents are odd, from 3 to 2³²",
        arguments: [
            ("", false), ("00", false), ("01", false), ("000001", false), ("02", false),
            ("010000", false), ("03", true), ("010001", true), ("0000010001", true),
            ("ffffffff", true), ("0100000001", false), ("ffffffffffffffff", false),
        ]
    )
    func exponents(digits: String, isUsable: Bool) {
        let exponent = Hexadecimal.bytes(digits)
        let key = RSAPublicKey(modulus: TestKey.usual.modulus, exponent: exponent)
        #expect((key != nil) == isUsable)
    }

    @Test(
        "Moduli are odd, of 2048 to 8192 bits",
        arguments: [
            (1024, 0x80, 1, false), (2047, 0x40, 1, false), (2048, 0x80, 1, true),
            (2048, 0x80, 0, false), (2049, 1, 1, true), (8192, 0xFF, 1, true), (8193, 1, 1, false),
            (65536, 0x80, 1, false), (8, 1, 0, false),
        ] as [(Int, UInt8, UInt8, Bool)]
    )
    func moduli(bits: Int, first: UInt8, last: UInt8, isUsable: Bool) {
        let middle = [UInt8](repeating: 0xA5, count: max(0, (bits + 7) / 8 - 2))
        let modulus = [first] + middle + [last]
        let key = RSAPublicKey(modulus: modulus, exponent: TestKey.exponent)
        #expect((key != nil) == isUsable)
        #expect(key == nil || key?.modulus.bitCount == bits)
        let padded = RSAPublicKey(modulus: [0, 0, 0] + modulus, exponent: TestKey.exponent)
        #expect(padded == key)
        #expect(RSAPublicKey(modulus: [], exponent: TestKey.exponent) == nil)
    }

    @Test("No more than so many keys are kept, the first ones")
    func manyKeys() {
        let ids = 0...JSONWebKeySet.maxKeys
        let keys = ids.map { TestKey.usual.json(#""kid":"\#($0)","#) }.joined(separator: ",")
        let set = TokenMaker.set("{\"keys\":[{},\(keys)]}")
        #expect(set?.count == JSONWebKeySet.maxKeys)
        #expect(set?.keys.first?.id == "0")
        #expect(set?.keys.last?.id == "\(JSONWebKeySet.maxKeys - 1)")
    }

    @Test("Sets are the same when their usable keys are")
    func equality() {
        let set = TokenMaker.set((.usual, id: "a"))
        #expect(set != nil)
        let key = TestKey.usual.json(#""use":"sig","kid":"a","#)
        #expect(TokenMaker.set(#"{"keys":[{},\#(key)],"a":1}"#) == set)
        #expect(TokenMaker.set((.usual, id: "b")) != set)
        #expect(TokenMaker.set((.long, id: "a")) != set)
        #expect(TokenMaker.set((.usual, id: nil)) != set)
    }
}
