import Wire

/// An answer of the gateway to a request.
struct HTTPAnswer {
    var status: Int
    var fields: HTTPFields = [:]
    var contentType = "application/json"
    var body: [UInt8]

    /// `{"detail":…}`.
    static func error(_ status: Int, _ detail: String, fields: HTTPFields = [:]) -> HTTPAnswer {
        var writer = JSONObjectWriter()
        writer.add("detail", detail)
        return HTTPAnswer(status: status, fields: fields, body: writer.bytes)
    }

    /// 503 `{"detail":…}`: not now, but perhaps after so many seconds.
    static func unavailable(_ detail: String, retryAfter seconds: Int64 = 1) -> HTTPAnswer {
        .error(503, detail, fields: ["Retry-After": "\(seconds)"])
    }

    /// `{"error":…,"detail":…}`.
    static func agentError(_ status: Int, _ error: String, _ detail: Span<UInt8>) -> HTTPAnswer {
        var text: [UInt8] = []
        JSONString.appendQuoted(detail, to: &text)
        var writer = JSONObjectWriter()
        writer.add("error", error)
        writer.add("detail", json: text.span)
        return HTTPAnswer(status: status, body: writer.bytes)
    }

    /// Appends head and body; the answer to HEAD has no body (RFC 9110 §9.3.2), nor has a 204, which says
    /// nothing of its length either (§8.6).
    func append(to output: inout [UInt8], keepAlive: Bool, isToHead: Bool = false) {
        var all = fields
        all.append("Content-Type", contentType)
        if status != 204 { all.append("Content-Length", String(body.count)) }
        if !keepAlive { all.append("Connection", "close") }
        let head = HTTPResponseHead(
            status: status,
            reason: HTTPStatus.reason(status),
            version: .http11,
            fields: all
        )
        do {
            try HTTPHeadWriter.append(head, to: &output)
            if !isToHead, status != 204 { output.append(contentsOf: body) }
        } catch {
            // A field that came from the agent cannot be written: answer without it.
            let plain = HTTPAnswer(status: 500, body: Self.error(500, "\(error)").body)
            if !fields.isEmpty || contentType != plain.contentType {
                plain.append(to: &output, keepAlive: keepAlive, isToHead: isToHead)
            }
        }
    }
}
