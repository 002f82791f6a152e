import Glibc

/// Where a server is: `http://host[:port][/base/path]`, as it stands in a setting.
public struct HTTPBaseURL: Equatable, Sendable {
    /// The schemes that are known; the caller refuses the one it cannot speak.
    public enum Scheme: String, Sendable {
        /// Plain TCP, port 80 unless given.
        case http
        /// TLS, port 443 unless given.
        case https

        var defaultPort: UInt16 { self == .http ? 80 : 443 }
    }

    /// How to speak to it.
    public var scheme: Scheme
    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    public var host: String
    /// The port, 1–65535.
    public var port: UInt16
    /// What is put before every path: "" or `/base` without a slash at its end.
    public var basePath: String

    /// A URL made of its parts, which must be such as ``init(_:)`` gives.
    public init(_ scheme: Scheme, host: String, port: UInt16, basePath: String = "") {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.basePath = basePath
    }

    /// Reads the text of a URL.
    public init(_ text: String) throws(HTTPBaseURLError) {
        guard let mark = text.utf8.firstIndex(of: ASCII.colon),
            text[mark...].hasPrefix("://")
        else { throw .noScheme }
        let name = String(decoding: text[..<mark].utf8.map(ASCII.lowercased), as: UTF8.self)
        guard let scheme = Scheme(rawValue: name) else { throw .unknownScheme(name) }
        guard text.utf8.allSatisfy({ $0 > ASCII.space && $0 < ASCII.delete }) else {
            throw .invalidCharacter
        }
        let rest = text[mark...].dropFirst(3)
        if rest.contains("?") || rest.contains("#") { throw .queryOrFragment }
        let authority = rest.prefix { $0 != "/" }
        if authority.contains("@") { throw .userInformation }
        let (host, port) = try Self.split(authority)
        self.scheme = scheme
        self.host = try Self.checkedHost(host)
        self.port = try Self.checkedPort(port, scheme)
        basePath = String(rest.dropFirst(authority.count))
        while basePath.hasSuffix("/") { basePath.removeLast() }
    }

    /// The text of the URL.
    public var text: String { "\(scheme.rawValue)://\(authority)\(basePath)" }

    /// Host and port as the Host field has them (RFC 9110 §7.2): the port only when it is not the
    /// scheme's own.
    public var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == scheme.defaultPort ? name : "\(name):\(port)"
    }

    /// Host, and what follows its colon; nil: there is none.
    private static func split(
        _ authority: Substring
    ) throws(HTTPBaseURLError) -> (Substring, Substring?) {
        var end = authority.startIndex
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else { throw .invalidHost }
            end = authority.index(after: bracket)
        } else {
            end = authority.firstIndex(of: ":") ?? authority.endIndex
        }
        let host = authority[..<end]
        let rest = authority[end...]
        if rest.isEmpty { return (host, nil) }
        guard rest.hasPrefix(":") else { throw .invalidHost }
        return (host, rest.dropFirst())
    }

    private static func checkedHost(_ host: Substring) throws(HTTPBaseURLError) -> String {
        if host.hasPrefix("[") {
            let address = String(host.dropFirst().dropLast())
            var binary = in6_addr()
            guard inet_pton(AF_INET6, address, &binary) == 1 else { throw .invalidHost }
            return address
        }
        let isName = host.utf8.allSatisfy { byte in
            ASCII.isAlphanumeric(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F
        }
        guard isName, !host.isEmpty, host.utf8.count <= 253 else { throw .invalidHost }
        return String(host)
    }

    private static func checkedPort(
        _ port: Substring?,
        _ scheme: Scheme
    ) throws(HTTPBaseURLError) -> UInt16 {
        guard let port else { return scheme.defaultPort }
        let isNumber = port.utf8.allSatisfy { ASCII.decimal($0) != nil }
        guard isNumber, let number = UInt16(port), number > 0 else { throw .invalidPort }
        return number
    }
}
