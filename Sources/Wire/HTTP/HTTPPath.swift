/// Paths of requests (RFC 3986 §3.3).
public enum HTTPPath {
    /// The segments of an absolute path, each decoded: `/a/b%20c` gives `["a", "b c"]`, `/` gives
    /// `[""]`. Nil when the path does not begin with `/` or a segment cannot be decoded
    /// (``PercentEncoding/decode(_:)``). A `/` that was encoded stays within its segment; dot
    /// segments are not resolved, since no path here leads into a file system.
    public static func segments(of path: String) -> [String]? {
        guard path.utf8.first == ASCII.slash else { return nil }
        var segments: [String] = []
        let parts = path.utf8.dropFirst()
            .split(separator: ASCII.slash, omittingEmptySubsequences: false)
        for part in parts {
            guard let segment = PercentEncoding.decode(Substring(part)) else { return nil }
            segments.append(segment)
        }
        return segments
    }
}
