/// Why a text is not a URL of a server.
public enum HTTPBaseURLError: Error, Equatable, Sendable {
    /// It does not begin with `scheme://`.
    case noScheme
    /// The scheme is not http or https.
    case unknownScheme(String)
    /// It names a user; keys go in their own settings.
    case userInformation
    /// It has a query or a fragment.
    case queryOrFragment
    /// The host is missing, or is neither a name nor an address.
    case invalidHost
    /// The port is not a number from 1 to 65535.
    case invalidPort
    /// A space, a control character or one above ASCII.
    case invalidCharacter
}

extension HTTPBaseURLError: CustomStringConvertible {
    /// What is wrong, for the person who made the setting.
    public var description: String {
        switch self {
        case .noScheme: "a URL must begin with http:// or https://"
        case .unknownScheme(let name): "the scheme \"\(name)\" is not http or https"
        case .userInformation: "a URL must not hold a user name or password"
        case .queryOrFragment: "a URL of a server must not have a query or a fragment"
        case .invalidHost: "the host is missing, or is neither a name nor an address"
        case .invalidPort: "the port must be a number from 1 to 65535"
        case .invalidCharacter: "a URL must be visible ASCII; encode other characters"
        }
    }
}
