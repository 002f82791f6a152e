import Wire

/// One entry of a HAR file: a request with its response, and when. What is not on record is -1 or empty.
struct ArchiveEntry {
    var startedAt: Int64
    var connection: Int64
    var method = "GET"
    var url: String
    var requestFields: [(name: String, value: String)] = []
    /// Nil: there was none, or it is not on record.
    var requestBody: [UInt8]?

    var status: Int64 = 0
    var statusText = ""
    var httpVersion = "HTTP/1.1"
    var responseFields: [(name: String, value: String)] = []
    var contentType = ""
    var content: [UInt8] = []
    /// Length of the content, where that is known and the content is not.
    var contentBytes: Int64?

    /// When the head of the response came, and when all was over.
    var respondedAt: Int64?
    var endedAt: Int64?
    /// `websocket`, `fetch`.
    var resourceType: String
    /// Members that browsers know, and the specification does not (§ custom fields): name and JSON.
    var custom: [(name: String, json: [UInt8])] = []
    var error: String?
    var comment = ""

    /// The entry as JSON.
    var json: [UInt8] {
        let wait = respondedAt ?? endedAt ?? startedAt
        let end = max(endedAt ?? wait, wait)
        var writer = JSONObjectWriter()
        writer.add("startedDateTime", Timestamp.iso8601(startedAt))
        writer.add("time", json: ArchiveJSON.milliseconds(end &- startedAt).span)
        writer.add("request", json: request.span)
        writer.add("response", json: response.span)
        writer.add("cache", json: JSONObjectWriter().bytes.span)
        writer.add("timings", json: timings(wait: wait &- startedAt, receive: end &- wait).span)
        writer.add("connection", "\(connection)")
        writer.add("_resourceType", resourceType)
        for member in custom { writer.add(member.name, json: member.json.span) }
        if !comment.isEmpty { writer.add("comment", comment) }
        return writer.bytes
    }

    private var request: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("method", method)
        writer.add("url", url)
        writer.add("httpVersion", "HTTP/1.1")
        writer.add("cookies", json: ArchiveJSON.array([]).span)
        writer.add("headers", json: ArchiveJSON.fields(requestFields).span)
        writer.add("queryString", json: ArchiveJSON.fields(query).span)
        if let requestBody, !requestBody.isEmpty {
            var data = JSONObjectWriter()
            data.add("mimeType", "application/json")
            data.add("text", String(decoding: requestBody, as: UTF8.self))
            writer.add("postData", json: data.bytes.span)
        }
        writer.add("headersSize", Int64(-1))
        writer.add("bodySize", Int64(requestBody?.count ?? 0))
        return writer.bytes
    }

    private var query: [(name: String, value: String)] {
        guard let mark = url.firstIndex(of: "?") else { return [] }
        return url[url.index(after: mark)...].split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            let decoded = parts.map { PercentEncoding.decode($0) ?? $0 }
            return (decoded.first ?? "", decoded.count > 1 ? decoded[1] : "")
        }
    }

    private var response: [UInt8] {
        var body = JSONObjectWriter()
        body.add("size", contentBytes ?? Int64(content.count))
        body.add("mimeType", contentType.isEmpty ? "x-unknown" : contentType)
        if contentBytes == nil { ArchiveJSON.add(content, to: &body) }
        var writer = JSONObjectWriter()
        writer.add("status", status)
        writer.add("statusText", statusText)
        writer.add("httpVersion", httpVersion)
        writer.add("cookies", json: ArchiveJSON.array([]).span)
        writer.add("headers", json: ArchiveJSON.fields(responseFields).span)
        writer.add("content", json: body.bytes.span)
        writer.add("redirectURL", "")
        writer.add("headersSize", Int64(-1))
        writer.add("bodySize", Int64(-1))
        if let error { writer.add("_error", error) }
        return writer.bytes
    }

    /// Sending is not told apart from waiting, and nothing is known of connecting.
    private func timings(wait: Int64, receive: Int64) -> [UInt8] {
        var writer = JSONObjectWriter()
        for name in ["blocked", "dns", "connect", "ssl"] { writer.add(name, Int64(-1)) }
        writer.add("send", Int64(0))
        writer.add("wait", json: ArchiveJSON.milliseconds(wait).span)
        writer.add("receive", json: ArchiveJSON.milliseconds(receive).span)
        return writer.bytes
    }
}
