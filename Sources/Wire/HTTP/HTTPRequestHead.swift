/// The head of a request (RFC 9112 §3).
public struct HTTPRequestHead: HTTPHead {
    /// The method, case-sensitive (RFC 9110 §9.1).
    public var method: String
    /// The target as written, nothing decoded: `/path?query`, `http://host/path?query` or `*`.
    public var target: String
    /// The version of the client.
    public var version: HTTPVersion
    /// The fields in their order.
    public var fields: HTTPFields

    /// A head made of its parts; the writer checks them (``HTTPHeadWriter``).
    public init(
        method: String,
        target: String,
        version: HTTPVersion = .http11,
        fields: HTTPFields = HTTPFields()
    ) {
        self.method = method
        self.target = target
        self.version = version
        self.fields = fields
    }

    /// The target's path, still percent-encoded, never empty; see ``HTTPPath``. Of a target in
    /// absolute form, which a server must take as well (RFC 9112 §3.2.2), the host is left out.
    public var path: String {
        let path = pathAndQuery.prefix { $0 != ASCII.question }
        return path.isEmpty ? "/" : String(Substring(path))
    }

    /// What stands after the first `?`, still encoded; nil: no `?`. See ``HTTPQuery``.
    public var query: String? {
        let target = pathAndQuery
        guard let mark = target.firstIndex(of: ASCII.question) else { return nil }
        return String(Substring(target[target.index(after: mark)...]))
    }

    private var pathAndQuery: Substring.UTF8View {
        let whole = target[...].utf8
        for scheme in ["http://", "https://"]
        where ASCII.equal(Substring(whole.prefix(scheme.utf8.count)), scheme) {
            let rest = whole.dropFirst(scheme.utf8.count)
            return rest.drop { $0 != ASCII.slash && $0 != ASCII.question }
        }
        return whole
    }
}
