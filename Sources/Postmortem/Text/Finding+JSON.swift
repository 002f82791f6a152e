import Wire

extension Finding {
    /// One JSON object: `position`, `connection`, `ordinal`, `finding` (``Kind/name``), `text`, and for
    /// a divergence `expected`, `recorded`, `differs` (`kind`, `cause`, `detail` or `body`) and, for bodies,
    /// the `offset` of the first byte that differs.
    public var json: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("position", position)
        writer.add("connection", connection)
        writer.add("ordinal", ordinal)
        writer.add("finding", kind.name)
        writer.add("text", words)
        switch kind {
        case .divergence(let divergence):
            writer.add("expected", json: divergence.expected.json.span)
            writer.add("recorded", json: divergence.recorded.json.span)
            writer.add("differs", divergence.place.name)
            if case .body(let offset) = divergence.place { writer.add("offset", Int64(offset)) }
        case .missingDecision(let event): writer.add("expected", json: event.json.span)
        case .unexpectedDecision(let event): writer.add("recorded", json: event.json.span)
        case .damagedRow, .missingRows, .ordinalGap, .deliveryDiffers: break
        }
        return writer.bytes
    }
}

extension Divergence.Place {
    fileprivate var name: String {
        switch self {
        case .kind: "kind"
        case .cause: "cause"
        case .detail: "detail"
        case .body: "body"
        }
    }
}

extension DecidedEvent {
    fileprivate var json: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("kind", kind.name)
        writer.add("cause", cause)
        writer.add("detail", detail)
        if let body {
            writer.add("body", String(decoding: body, as: UTF8.self))
            if (try? UTF8Span(validating: body.span)) == nil {
                writer.add("body_base64", Base64.encode(body.span))
            }
        }
        return writer.bytes
    }
}
