/// What the heads of requests and responses have in common.
public protocol HTTPHead: Equatable, Sendable {
    /// The version of the sender.
    var version: HTTPVersion { get }
    /// The fields in their order.
    var fields: HTTPFields { get }
}

extension HTTPHead {
    /// ``HTTPFields/value(of:)``.
    public func value(of name: String) -> String? { fields.value(of: name) }

    /// ``HTTPFields/values(of:)``.
    public func values(of name: String) -> [String] { fields.values(of: name) }

    /// ``HTTPFields/hasToken(_:in:)``.
    public func hasToken(_ token: String, in name: String) -> Bool {
        fields.hasToken(token, in: name)
    }

    /// Whether the sender leaves the connection open after this message (RFC 9112 §9.3).
    public var keepAlive: Bool {
        if hasToken("close", in: "Connection") { return false }
        return version == .http11 || hasToken("keep-alive", in: "Connection")
    }
}
