/// How the end of a body is known (RFC 9112 §6.3).
public enum HTTPBodyFraming: Equatable, Sendable {
    /// There is no body.
    case none
    /// So many bytes; never 0.
    case length(Int)
    /// The chunked coding says.
    case chunked
    /// The body goes on until the connection ends; responses only.
    case untilClose
}

extension HTTPRequestHead {
    /// How the request's body ends. Throws what ``HTTPHeadParser/parseRequest(_:)`` has already
    /// refused.
    public func bodyFraming() throws(HTTPViolation) -> HTTPBodyFraming {
        try declaredFraming() ?? .none
    }
}

extension HTTPResponseHead {
    /// How the body of a response to a request of this method ends.
    public func bodyFraming(toMethod method: String) throws(HTTPViolation) -> HTTPBodyFraming {
        let hasNoBody = method == "HEAD" || status < 200 || status == 204 || status == 304
        if hasNoBody || method == "CONNECT" && status < 300 { return .none }
        return try declaredFraming() ?? .untilClose
    }
}

extension HTTPHead {
    /// What Transfer-Encoding and Content-Length say; nil: neither is there.
    fileprivate func declaredFraming() throws(HTTPViolation) -> HTTPBodyFraming? {
        let length = try contentLength()
        guard fields.has("Transfer-Encoding") else {
            return length.map { $0 == 0 ? .none : .length($0) }
        }
        if length != nil { throw .ambiguousLength }
        if version == .http10 { throw .transferEncodingBeforeHTTP11 }
        let codings = fields.elements(of: "Transfer-Encoding")
        guard codings.count == 1, ASCII.equal(codings[0], "chunked") else {
            throw .unsupportedTransferEncoding
        }
        return .chunked
    }

    /// The Content-Length; the same number said twice is taken (RFC 9110 §8.6).
    private func contentLength() throws(HTTPViolation) -> Int? {
        guard let value = value(of: "Content-Length") else { return nil }
        var length: Int?
        for part in value.utf8.split(separator: ASCII.comma, omittingEmptySubsequences: false) {
            let digits = part.drop(while: HTTPSyntax.isWhitespace)
            guard let number = decimal(digits), length == nil || length == number else {
                throw .invalidContentLength
            }
            length = number
        }
        return length
    }

    private func decimal(_ digits: some Sequence<UInt8>) -> Int? {
        var number: Int?
        for byte in digits {
            guard let digit = ASCII.decimal(byte) else { return nil }
            let (tens, isTooLarge) = (number ?? 0).multipliedReportingOverflow(by: 10)
            let (sum, overflows) = tens.addingReportingOverflow(digit)
            if isTooLarge || overflows { return nil }
            number = sum
        }
        return number
    }
}
