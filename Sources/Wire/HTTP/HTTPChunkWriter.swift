/// Writes bodies in the chunked coding (RFC 9112 §7.1).
public enum HTTPChunkWriter {
    /// Appends one chunk; nothing when there is no content, because an empty chunk ends the body.
    public static func append(_ content: Span<UInt8>, to output: inout [UInt8]) {
        guard content.count > 0 else { return }
        output.append(contentsOf: String(content.count, radix: 16).utf8)
        output.append(contentsOf: lineEnd)
        output.append(copying: content)
        output.append(contentsOf: lineEnd)
    }

    /// Appends the end of the body: the last chunk and no trailers.
    public static func appendEnd(to output: inout [UInt8]) {
        output.append(contentsOf: "0\r\n\r\n".utf8)
    }

    private static let lineEnd: [UInt8] = [ASCII.carriageReturn, ASCII.lineFeed]
}
