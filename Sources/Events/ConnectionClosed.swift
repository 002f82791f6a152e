import Wire

/// The body of ``EventKind/connectionClosed``; the close code (RFC 6455 §7.4) is the event's detail.
public struct ConnectionClosed: Equatable, Sendable {
    /// Who ended the connection.
    public enum Side: String, Sendable {
        /// The IDE, by a close frame or the end of its stream.
        case ide
        /// The gateway.
        case gateway
        /// Nobody on purpose: the connection broke.
        case network
    }

    /// Who ended it.
    public var side: Side
    /// Why, in words.
    public var reason: String

    /// A body made of its parts.
    public init(by side: Side, reason: String) {
        self.side = side
        self.reason = reason
    }

    /// Reads a body; nil when it is not one.
    public init?(_ body: Span<UInt8>) {
        var scanner = JSONScanner()
        guard (try? scanner.scan(body)) == .object,
            let side = scanner.string("by", in: body).flatMap(Side.init(rawValue:))
        else { return nil }
        self.side = side
        reason = scanner.string("reason", in: body) ?? ""
    }

    /// The stored form, a JSON object.
    public var body: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("by", side.rawValue)
        writer.add("reason", reason)
        return writer.bytes
    }
}
