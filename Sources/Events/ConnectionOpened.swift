import Wire

/// The body of ``EventKind/connectionOpened``: all that decisions about the connection rest on.
public struct ConnectionOpened: Equatable, Sendable {
    /// The id in the path, percent-decoded: temporary or of a session.
    public var id: String
    /// The request's path as received. Not the query, which could hold a secret.
    public var target: String
    /// Address and port of the other side.
    public var peer: String
    /// How the IDE proved who it is: `none`, `key`, `jwt`.
    public var authentication: String
    /// Header fields that help in a post-mortem, never secrets.
    public var fields: [Field]
    /// The settings in force.
    public var policy: SessionPolicy

    /// A header field.
    public struct Field: Equatable, Sendable {
        /// In lower case.
        public var name: String
        /// As received.
        public var value: String

        /// A field made of its parts.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// An opening made of its parts.
    public init(
        id: String,
        target: String,
        peer: String,
        authentication: String,
        fields: [Field],
        policy: SessionPolicy
    ) {
        self.id = id
        self.target = target
        self.peer = peer
        self.authentication = authentication
        self.fields = fields
        self.policy = policy
    }

    /// Reads a body; nil when it is not one.
    public init?(_ body: Span<UInt8>) {
        var scanner = JSONScanner()
        guard (try? scanner.scan(body)) == .object, let id = scanner.string("id", in: body) else {
            return nil
        }
        self.id = id
        target = scanner.string("target", in: body) ?? ""
        peer = scanner.string("peer", in: body) ?? ""
        authentication = scanner.string("authentication", in: body) ?? ""
        policy = SessionPolicy(scanner, body)
        fields = []
        if let member = scanner.member("headers", in: body), member.kind == .object {
            let text = body.extracting(member.value)
            if (try? scanner.scan(text)) == .object {
                fields = scanner.strings(in: text).map { Field(name: $0.name, value: $0.value) }
            }
        }
    }

    /// The stored form, a JSON object.
    public var body: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("id", id)
        writer.add("target", target)
        writer.add("peer", peer)
        writer.add("authentication", authentication)
        writer.add("headers", fields.map { ($0.name, $0.value) })
        policy.write(to: &writer)
        return writer.bytes
    }
}
