/// Why a token is not accepted.
public enum TokenViolation: Error, Equatable, Sendable {
    /// What of a token is not of the form that it must have.
    public enum Part: Equatable, Sendable {
        /// The whole: it does not have three parts.
        case token
        /// The first part: not base64url of a JSON object.
        case header
        /// The header's `kid`: not a string.
        case keyID
        /// The second part: not base64url of a JSON object.
        case claims
        /// The third part: not base64url.
        case signature
        /// The claim `exp`: not a number.
        case expiry
        /// The claim `nbf`: not a number.
        case notBefore
    }

    /// It is longer than ``AccessToken/maxBytes``.
    case tooLong
    /// A part of it is not of the form that it must have.
    case malformed(Part)
    /// Its `alg` is not RS256.
    case algorithm
    /// Its header has `crit`: an extension that must be understood (RFC 7515 §4.1.11).
    case criticalExtension
    /// None of the keys has signed it.
    case signature
    /// Its `iss` is not the issuer that is asked for (RFC 7519 §4.1.1).
    case issuer
    /// Its `aud` is not the audience that is asked for, nor an array of strings with it
    /// (RFC 7519 §4.1.3).
    case audience
    /// It has no `exp`.
    case noExpiry
    /// The time of its `exp` has come (RFC 7519 §4.1.4).
    case expired
    /// The time of its `nbf` has not come (RFC 7519 §4.1.5).
    case notYetValid
    /// Its `type` is not `access`.
    case type
}

extension TokenViolation: CustomStringConvertible {
    /// A short sentence without a full stop, and without anything of the token.
    public var description: String {
        switch self {
        case .tooLong: "the token is longer than \(AccessToken.maxBytes) bytes"
        case .malformed(.token): "the token does not have three parts"
        case .malformed(.header): "the token's header is not a JSON object in base64url"
        case .malformed(.keyID): "the token's key id is not a string"
        case .malformed(.claims): "the token's claims are not a JSON object in base64url"
        case .malformed(.signature): "the token's signature is not base64url"
        case .malformed(.expiry): "the token's time of expiry is not a number"
        case .malformed(.notBefore): "the time before which the token is not valid is not a number"
        case .algorithm: "the token is not signed with RS256"
        case .criticalExtension: "the token asks for an extension that is not known here"
        case .signature: "the token is not signed with a key of the issuer"
        case .issuer: "the token is from another issuer"
        case .audience: "the token is for another audience"
        case .noExpiry: "the token does not say when it expires"
        case .expired: "the token has expired"
        case .notYetValid: "the token is not valid yet"
        case .type: "the token is not an access token"
        }
    }
}
