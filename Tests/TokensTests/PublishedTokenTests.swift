import Testing
import Wire

@testable import Tokens

/// The example of RFC 7515, Appendix A.2.
struct PublishedTokenTests {
    private static let modulus = """
        ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0\
        Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXnd\
        S5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5Ihl\
        JH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ
        """
    private static let signed = """
        eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlL\
        mNvbS9pc19yb290Ijp0cnVlfQ
        """
    private static let signature = """
        cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2\
        Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjt\
        QBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6\
        IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw
        """
    private static let keys = TokenMaker.set(
        #"{"keys":[{"kty":"RSA","n":"\#(modulus)","e":"AQAB"}]}"#
    )
    private static let rules = TokenRules(issuer: "joe", audience: "gateway")

    /// The example names no audience: to be refused for that, it must be signed.
    @Test("The published signature is right")
    func signature() throws {
        let token = Self.signed + "." + Self.signature
        #expect(AccessToken.violation(of: token, Self.keys, Self.rules) == .audience)
        let key = try #require(Self.keys?.keys.first).key
        let bytes = try #require(Base64.decode(Self.signature, alphabet: .url))
        let digest = SHA256.digest(of: Array(Self.signed.utf8).span)
        #expect(key.hasSigned(digest: digest, bytes))
    }

    @Test("With a byte of it changed, nothing is", arguments: [0, 1, 127, 254, 255])
    func changedSignature(place: Int) throws {
        var bytes = try #require(Base64.decode(Self.signature, alphabet: .url))
        bytes[place] ^= 0x10
        let token = Self.signed + "." + TokenMaker.encode(bytes)
        #expect(AccessToken.violation(of: token, Self.keys, Self.rules) == .signature)
    }

    @Test("With a byte of what is signed changed, nothing is")
    func changedClaims() {
        let claims =
            "{\"iss\":\"joe\",\r\n \"exp\":1300819381,\r\n \"http://example.com/is_root\":true}"
        let header = String(Self.signed.prefix { $0 != "." })
        let token = "\(header).\(TokenMaker.encode(claims)).\(Self.signature)"
        #expect(AccessToken.violation(of: token, Self.keys, Self.rules) == .signature)
    }
}
