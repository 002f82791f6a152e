import Wire

extension Verdict {
    /// One JSON object.
    public var json: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("verdict", name.rawValue)
        writer.add("severity", severity.rawValue)
        writer.add("side", side.rawValue)
        writer.add("connection", connection)
        writer.add("id", id)
        writer.add("position", position)
        writer.add("at", Timestamp.iso8601(at))
        writer.add("text", words)
        if let bindingTime { writer.add("binding_us", bindingTime) }
        var list = [UInt8(ascii: "[")]
        for item in evidence {
            if list.count > 1 { list.append(UInt8(ascii: ",")) }
            list += item.json
        }
        list.append(UInt8(ascii: "]"))
        writer.add("evidence", json: list.span)
        writer.add("next", name.advice)
        return writer.bytes
    }
}

extension Evidence {
    fileprivate var json: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("connection", connection)
        writer.add("position", position)
        writer.add("ordinal", ordinal)
        writer.add("at", Timestamp.iso8601(at))
        writer.add("what", what)
        return writer.bytes
    }
}
