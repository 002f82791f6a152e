import Wire

/// The address of a WebSocket: `ws://host[:port][/path][?query]` (RFC 6455 §3).
public struct WebSocketURL: Equatable, Sendable {
    /// Host and port, with the path as its base path and without a slash at its end.
    private var server: HTTPBaseURL
    private var endsInSlash: Bool
    private var query: Substring

    /// Reads the text of a URL.
    public init(_ text: String) throws(WebSocketURLError) {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        if scheme == "wss" { throw .secureUnsupported }
        guard scheme == "ws" else { throw .notWebSocket }
        let path = text.prefix { $0 != "?" }
        query = text[path.endIndex...]
        guard query.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
            throw .invalid(.invalidCharacter)
        }
        do throws(HTTPBaseURLError) {
            server = try HTTPBaseURL("http" + path.dropFirst(2))
        } catch {
            throw .invalid(error)
        }
        // A path that is empty is asked for as "/" (RFC 6455 §3).
        endsInSlash = server.basePath.isEmpty || path.hasSuffix("/")
    }

    /// The address with one more segment at the end of its path; the text is percent-encoded.
    public func appending(segment: String) -> WebSocketURL {
        var longer = self
        longer.server.basePath += "/" + PercentEncoding.encode(segment)
        longer.endsInSlash = false
        return longer
    }

    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    public var host: String { server.host }
    /// The port, 80 unless given.
    public var port: UInt16 { server.port }
    /// Host and port as the Host field has them.
    public var authority: String { server.authority }
    /// Path and query as a request has them.
    public var target: String { server.basePath + (endsInSlash ? "/" : "") + query }
}

extension WebSocketURL: CustomStringConvertible {
    /// The URL as it would be written.
    public var description: String { "ws://" + authority + target }
}
