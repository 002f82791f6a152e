import Wire

/// The claims of a token (RFC 7519 §4).
enum TokenClaims {
    /// Throws unless they are as the rules have them. No leeway is given for clocks that differ.
    static func check(
        _ json: Span<UInt8>,
        _ rules: TokenRules,
        now: Int64
    ) throws(TokenViolation) {
        var scanner = JSONScanner()
        guard (try? scanner.scan(json)) == .object else { throw .malformed(.claims) }
        guard let issuer = scanner.string("iss", in: json), isSame(issuer, rules.issuer) else {
            throw .issuer
        }
        guard let audience = scanner.member("aud", in: json),
            isAudience(json.extracting(audience.value), rules.audience)
        else { throw .audience }
        guard let expiry = scanner.member("exp", in: json) else { throw .noExpiry }
        guard let end = seconds(expiry, in: json) else { throw .malformed(.expiry) }
        guard Double(now) < end else { throw .expired }
        if let notBefore = scanner.member("nbf", in: json) {
            guard let begin = seconds(notBefore, in: json) else { throw .malformed(.notBefore) }
            guard Double(now) >= begin else { throw .notYetValid }
        }
        guard scanner.member("type", in: json)?.isString("access", in: json) == true else {
            throw .type
        }
    }

    /// Whether the value is the audience, or an array of nothing but strings with it
    /// (RFC 7519 §4.1.3).
    private static func isAudience(_ value: Span<UInt8>, _ audience: String) -> Bool {
        var scanner = JSONScanner()
        var isNamed = false
        var isAllStrings = true
        func look(_ element: Span<UInt8>, _ kind: JSONKind) {
            guard kind == .string else { return isAllStrings = false }
            let text = JSONString.decode(element.extracting(1..<element.count - 1))
            if let text, isSame(text, audience) { isNamed = true }
        }
        do throws(JSONViolation) {
            let isArray = try scanner.forEachElement(ofArray: value, look)
            if !isArray { look(value, try scanner.scan(value)) }
        } catch {
            return false
        }
        return isNamed && isAllStrings
    }

    /// A time in seconds since 1970, which may have a fraction and an exponent (NumericDate, RFC 7519
    /// §2), as the nearest Double; infinite beyond the largest. Nil when the value is no number.
    private static func seconds(_ member: JSONMember, in json: Span<UInt8>) -> Double? {
        guard member.kind == .number else { return nil }
        let digits = json.extracting(member.value)
        return digits.withUnsafeBufferPointer { Double(String(decoding: $0, as: UTF8.self)) }
    }

    /// Byte for byte (RFC 7519 §7.3): String's own equality would take canonical equivalents for equal.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }
}
