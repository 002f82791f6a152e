/// How a peer broke HTTP/1.1 or a limit. After one the connection cannot be read on: where the next
/// message begins is not known any more.
public enum HTTPViolation: Error, Equatable, Sendable {
    /// A line ended by LF without CR. RFC 9112 §2.2 lets a recipient take it; taking what others
    /// do not is how requests are smuggled, so it is refused.
    case bareLineFeed
    /// The first line is no request line (RFC 9112 §3).
    case malformedRequestLine
    /// The target holds a character that none may hold, or is of no known form (RFC 9112 §3.2).
    case invalidTarget
    /// The first line is longer than the limit.
    case targetTooLong
    /// The version is not 1.x.
    case unsupportedVersion
    /// The first line is no status line (RFC 9112 §4).
    case malformedStatusLine
    /// The head is larger than the limit.
    case headTooLarge
    /// More fields than the limit.
    case tooManyFields
    /// A field name is not a token, or white space stands before the colon (RFC 9112 §5.1).
    case invalidFieldName
    /// A field value holds a control character (RFC 9110 §5.5).
    case invalidFieldValue
    /// A field value goes on in the next line (RFC 9112 §5.2).
    case obsoleteLineFolding
    /// An HTTP/1.1 request without Host (RFC 9112 §3.2).
    case missingHost
    /// More than one Host, or one that is no host (RFC 9112 §3.2).
    case invalidHost
    /// Content-Length is no number, or there are two that differ (RFC 9112 §6.3).
    case invalidContentLength
    /// Content-Length and Transfer-Encoding in one message (RFC 9112 §6.1).
    case ambiguousLength
    /// Transfer-Encoding in an HTTP/1.0 message (RFC 9112 §6.1).
    case transferEncodingBeforeHTTP11
    /// A transfer coding other than chunked (RFC 9112 §6.1).
    case unsupportedTransferEncoding
    /// The body is longer than the limit.
    case bodyTooLarge
    /// A chunk's size line, its end or a trailer is malformed (RFC 9112 §7.1).
    case malformedChunk
    /// A chunk's size line is longer than the limit.
    case chunkLineTooLong
    /// The trailers are longer than the limit.
    case trailersTooLarge
    /// The input ended before the message did (RFC 9112 §8).
    case truncated
}

extension HTTPViolation {
    /// The status to answer a request with before closing.
    public var status: Int {
        switch self {
        case .targetTooLong: 414
        case .headTooLarge, .tooManyFields, .trailersTooLarge: 431
        case .bodyTooLarge: 413
        case .unsupportedTransferEncoding: 501
        case .unsupportedVersion: 505
        default: 400
        }
    }
}

extension HTTPViolation: CustomStringConvertible {
    /// What is wrong, for a log line or an answer.
    public var description: String {
        switch self {
        case .bareLineFeed: "a line ends with LF without CR"
        case .malformedRequestLine: "malformed request line"
        case .invalidTarget: "invalid request target"
        case .targetTooLong: "the request target is too long"
        case .unsupportedVersion: "unsupported HTTP version"
        case .malformedStatusLine: "malformed status line"
        case .headTooLarge: "the header is too large"
        case .tooManyFields: "too many header fields"
        case .invalidFieldName: "invalid header field name"
        case .invalidFieldValue: "invalid header field value"
        case .obsoleteLineFolding: "a header field is folded over lines"
        case .missingHost: "the Host header is missing"
        case .invalidHost: "invalid or repeated Host header"
        case .invalidContentLength: "invalid or contradictory Content-Length"
        case .ambiguousLength: "both Content-Length and Transfer-Encoding are present"
        case .transferEncodingBeforeHTTP11: "Transfer-Encoding in an HTTP/1.0 message"
        case .unsupportedTransferEncoding: "unsupported transfer coding"
        case .bodyTooLarge: "the body is too large"
        case .malformedChunk: "malformed chunked body"
        case .chunkLineTooLong: "a chunk's size line is too long"
        case .trailersTooLarge: "the trailers are too large"
        case .truncated: "the connection ended in the middle of a message"
        }
    }
}
