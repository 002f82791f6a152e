/// What a token must say.
public struct TokenRules: Equatable, Sendable {
    /// Who has made it: its `iss` (RFC 7519 §4.1.1), byte for byte.
    public var issuer: String
    /// For whom it is made: its `aud`, or one of them (RFC 7519 §4.1.3), byte for byte.
    public var audience: String

    /// Rules for the tokens of one issuer for one audience.
    public init(issuer: String, audience: String) {
        self.issuer = issuer
        self.audience = audience
    }
}
