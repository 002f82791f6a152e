/// The head of a response (RFC 9112 §4).
public struct HTTPResponseHead: HTTPHead {
    /// The status, 100–599.
    public var status: Int
    /// The reason phrase; it has no meaning to a program.
    public var reason: String
    /// The version of the server.
    public var version: HTTPVersion
    /// The fields in their order.
    public var fields: HTTPFields

    /// A head made of its parts; the writer checks them (``HTTPHeadWriter``). Without a reason, the
    /// registered one.
    public init(
        status: Int,
        reason: String? = nil,
        version: HTTPVersion = .http11,
        fields: HTTPFields = HTTPFields()
    ) {
        self.status = status
        self.reason = reason ?? HTTPStatus.reason(status)
        self.version = version
        self.fields = fields
    }

    /// Whether this is an interim response (1xx), after which the real one follows on the same
    /// connection (RFC 9110 §15.2). 101 is not: after it the connection speaks another protocol.
    public var isInterim: Bool { (100...199).contains(status) && status != 101 }

    /// Whether the body is of this media type.
    public func isMediaType(_ type: String) -> Bool { fields.isMediaType(type, in: "Content-Type") }

    /// The media type in small letters without its parameters; nil: no Content-Type.
    public var mediaType: String? {
        guard let value = value(of: "Content-Type") else { return nil }
        let type = value.utf8.prefix { $0 != ASCII.semicolon && !HTTPSyntax.isWhitespace($0) }
        return String(decoding: type.map(ASCII.lowercased), as: UTF8.self)
    }
}
