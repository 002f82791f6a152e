import Wire

/// Heads of answers, and answers that are one JSON text.
enum AnswerHead {
    /// A head's bytes; a head that may not be written (there is none here) gives none.
    static func bytes(status: Int, _ fields: HTTPFields) -> [UInt8] {
        var output: [UInt8] = []
        let reason = HTTPStatus.reason(status)
        try? HTTPHeadWriter.append(
            HTTPResponseHead(status: status, reason: reason, fields: fields),
            to: &output
        )
        return output
    }

    /// A whole answer with a JSON body.
    static func json(status: Int = 200, _ text: String, closes: Bool = false) -> [UInt8] {
        let body = Array(text.utf8)
        var fields: HTTPFields = [
            "Content-Type": "application/json",
            "Content-Length": String(body.count),
        ]
        if closes { fields.append("Connection", "close") }
        return bytes(status: status, fields) + body
    }

    /// A whole answer that says what is wrong.
    static func refusal(_ status: Int, _ detail: String, closes: Bool = false) -> [UInt8] {
        let body = JSONText.object([("detail", JSONText.string(detail))])
        return json(status: status, body, closes: closes)
    }

    /// The head of an event stream.
    static func eventStream(
        _ framing: AnswerFraming,
        bodyBytes: Int,
        _ failures: FailureSet
    ) -> [UInt8] {
        var fields: HTTPFields = [
            "Content-Type": "text/event-stream; charset=utf-8",
            "Cache-Control": "no-cache",
        ]
        fields.append(contentsOf: framing.fields(bodyBytes: bodyBytes))
        if let count = failures.argument(.hugeHead) {
            fields.append("X-Filler", String(repeating: "x", count: count))
        }
        return bytes(status: 200, fields)
    }

    /// Interim responses (RFC 9110 §15.2), which a client must pass over.
    static let interim =
        bytes(status: 100, [:]) + bytes(status: 103, ["Link": "</style.css>; rel=preload"])
}
