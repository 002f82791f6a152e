/// Reads the heads of messages (RFC 9112 §2–5), strictly: what two readers could take in two ways
/// is refused.
///
/// One parser serves one connection. It is given all that has come and is not consumed; it returns
/// a head and what it takes up, or nil when the head is not all there, and then it must be given the
/// same bytes again with more behind them. Lines end with CR LF; see
/// ``HTTPViolation/bareLineFeed``.
public struct HTTPHeadParser: Sendable {
    /// How large a head may be.
    public let limits: HTTPLimits
    private var scan = HTTPHeadScan()

    /// A parser at the beginning of a message.
    public init(limits: HTTPLimits = HTTPLimits()) {
        self.limits = limits
    }

    /// The request at the beginning of the input, with `consumed` its bytes up to the body. Up to
    /// four empty lines before it are skipped. Its Host and the framing of its body are
    /// checked: ``HTTPRequestHead/bodyFraming()`` will not throw.
    public mutating func parseRequest(
        _ input: Span<UInt8>
    ) throws(HTTPViolation) -> (head: HTTPRequestHead, consumed: Int)? {
        let empty = HTTPLimits.maxLeadingEmptyLines
        guard let end = try scan.end(of: input, limits: limits, leadingEmptyLines: empty) else {
            return nil
        }
        var lines = HTTPHeadLines(from: scan.start, to: end)
        scan = HTTPHeadScan()
        var head = try requestLine(input, lines.next(in: input) ?? 0..<0)
        head.fields = try fields(input, &lines)
        try head.checkHost()
        _ = try head.bodyFraming()
        return (head, end)
    }

    /// The response at the beginning of the input, with `consumed` its bytes up to the body. The
    /// caller skips interim responses (``HTTPResponseHead/isInterim``).
    public mutating func parseResponse(
        _ input: Span<UInt8>
    ) throws(HTTPViolation) -> (head: HTTPResponseHead, consumed: Int)? {
        guard let end = try scan.end(of: input, limits: limits) else { return nil }
        var lines = HTTPHeadLines(from: scan.start, to: end)
        scan = HTTPHeadScan()
        var head = try statusLine(input, lines.next(in: input) ?? 0..<0)
        head.fields = try fields(input, &lines)
        return (head, end)
    }
}
