import Wire

/// The head of requests to an Agent Runtime that differ in nothing but their bodies: rendered and checked
/// once for all of them.
public struct AgentRequestHead: Sendable {
    let method: String
    /// The request line and the fields without Content-Length and the blank line; or why they cannot stand
    /// in a head.
    private let lines: Result<[UInt8], HTTPViolation>

    /// A head made of its parts.
    ///
    /// - Parameters:
    ///   - target: path and query, beginning with a slash; the agent's base path comes before it.
    ///   - origin: where the agent is.
    ///   - fields: those besides Host and Content-Length.
    public init(
        _ method: String,
        _ target: String,
        to origin: HTTPBaseURL,
        fields: HTTPFields = [:]
    ) {
        self.method = method
        var all: HTTPFields = ["Host": origin.authority]
        all.append(contentsOf: fields)
        let head = HTTPRequestHead(method: method, target: origin.basePath + target, fields: all)
        lines = Result { () throws(HTTPViolation) in
            var lines: [UInt8] = []
            try HTTPHeadWriter.append(head, to: &lines)
            lines.removeLast(Self.lineEnd.count)
            return lines
        }
    }

    /// Whether sending it twice is as good as once (RFC 9110 §9.2.2).
    var isIdempotent: Bool { method == "GET" || method == "HEAD" }

    /// The head of a request with so many bytes of body; nil: without one. Throws when a part of it cannot
    /// stand in a head.
    func bytes(bodyBytes: Int?) throws(HTTPViolation) -> [UInt8] {
        var bytes = try lines.get()
        if let bodyBytes {
            bytes.append(contentsOf: "Content-Length: ".utf8)
            bytes.append(contentsOf: String(bodyBytes).utf8)
            bytes.append(contentsOf: Self.lineEnd)
        }
        bytes.append(contentsOf: Self.lineEnd)
        return bytes
    }

    private static let lineEnd = Array("\r\n".utf8)
}
