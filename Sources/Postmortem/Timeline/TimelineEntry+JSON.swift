import Events
import Wire

extension TimelineEntry {
    /// One JSON object. `body` is the payload as text; where it is not UTF-8, U+FFFD stands in it and
    /// `body_base64` has the exact bytes.
    public var json: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("connection", header.connection)
        writer.add("position", position)
        writer.add("ordinal", header.ordinal)
        writer.add("cause", header.cause)
        writer.add("at", Timestamp.iso8601(header.at))
        if let sinceLast { writer.add("since_last_us", sinceLast) }
        writer.add("direction", direction.rawValue)
        writer.add("kind", header.knownKind?.name ?? "\(header.kind)")
        writer.add("version", Int64(header.version))
        writer.add("detail", header.detail)
        writer.add("title", title)
        writer.add("body", String(decoding: payload, as: UTF8.self))
        if (try? UTF8Span(validating: payload.span)) == nil {
            writer.add("body_base64", Base64.encode(payload.span))
        }
        if let turn { writer.add("turn", turn) }
        if let taking {
            writer.add("taken_at", Timestamp.iso8601(taking.at))
            writer.add("taken_ordinal", taking.ordinal)
            writer.add("taken_after_us", taking.at &- header.at)
        }
        writer.add("outcomes", json: Self.array(outcomes).span)
        let changed = changes.map { ($0.part, "\($0.before) → \($0.after)") }
        writer.add("changes", changed)
        writer.add("anomalies", json: Self.array(anomalies.map(\.words)).span)
        writer.add("intact", isIntact)
        return writer.bytes
    }

    private static func array(_ texts: [String]) -> [UInt8] {
        var json = [UInt8(ascii: "[")]
        for text in texts {
            if json.count > 1 { json.append(UInt8(ascii: ",")) }
            JSONString.appendQuoted(text, to: &json)
        }
        return json + [UInt8(ascii: "]")]
    }
}
