import Wire

/// A request to the Agent Runtime.
public struct AgentRequest: Sendable {
    /// Method and path, the base path of the agent's URL not included.
    public var method: String
    /// Path and query, beginning with a slash.
    public var target: String
    /// Fields besides Host and Content-Length.
    public var fields: HTTPFields
    /// The whole body; without one no Content-Length is sent.
    public var body: [UInt8]?
    /// How long the agent may be silent, in microseconds: before its answer and between two reads.
    public var silenceLimit: Int64

    /// A request made of its parts.
    public init(
        _ method: String,
        _ target: String,
        fields: HTTPFields = [:],
        body: [UInt8]? = nil,
        silenceLimit: Int64
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
        self.silenceLimit = silenceLimit
    }

    /// Whether sending it twice is as good as once (RFC 9110 §9.2.2).
    var isIdempotent: Bool { method == "GET" || method == "HEAD" }

    /// The bytes of the head; throws when a part of it cannot stand in a head.
    func appendHead(for origin: HTTPBaseURL, to output: inout [UInt8]) throws(HTTPViolation) {
        var all: HTTPFields = ["Host": origin.authority]
        all.append(contentsOf: fields)
        if let body { all.append("Content-Length", String(body.count)) }
        let head = HTTPRequestHead(
            method: method,
            target: origin.basePath + target,
            version: .http11,
            fields: all
        )
        try HTTPHeadWriter.append(head, to: &output)
    }
}
