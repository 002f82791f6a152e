import Wire

/// The whole address of a call: server, path and query.
struct ProbeURL: Equatable {
    /// The server, without a path.
    let origin: HTTPBaseURL
    /// Path and query as they are sent, beginning with a slash. A fragment is not sent (RFC 9110 §7.1).
    let target: String

    /// Reads `http://host[:port][/path][?query]`. Throws ``ProbeURLError``.
    init(_ text: String) throws(ProbeURLError) {
        let sent = text.prefix { $0 != "#" }
        let scheme = sent.utf8.firstIndex(of: UInt8(ascii: ":")).map { sent[$0...] } ?? ""
        let authority = scheme.hasPrefix("://") ? scheme.dropFirst(3) : scheme
        let rest = authority.drop { $0 != "/" && $0 != "?" }
        do throws(HTTPBaseURLError) {
            origin = try HTTPBaseURL(String(sent[..<rest.startIndex]))
        } catch {
            throw ProbeURLError(text: text, reason: error.description)
        }
        guard origin.scheme == .http else {
            throw ProbeURLError(text: text, reason: "only http is spoken")
        }
        target = rest.hasPrefix("/") ? String(rest) : "/" + rest
    }
}

/// Why an address cannot be called.
struct ProbeURLError: Error, Equatable, CustomStringConvertible {
    let text: String
    let reason: String

    var description: String { "'\(text)': \(reason)" }
}
