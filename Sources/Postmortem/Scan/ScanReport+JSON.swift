import Wire

extension ScanReport {
    /// One JSON object: the last line of a scan.
    public func json(events: Int64, connections: Int64) -> [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("events", events)
        writer.add("connections", connections)
        writer.add("failures", failures)
        writer.add("remarks", remarks)
        writer.add("counts", json: Self.array(counts.map(\.json)).span)
        if let half = bindingTimes.percentile(permille: 500),
            let most = bindingTimes.percentile(permille: 990)
        {
            var times = JSONObjectWriter()
            times.add("count", bindingTimes.count)
            times.add("p50_us", half)
            times.add("p99_us", most)
            times.add("max_us", bindingTimes.longest)
            writer.add("binding", json: times.bytes.span)
        }
        writer.add("worst", json: Self.array(worst.map(\.json)).span)
        return writer.bytes
    }

    private static func array(_ elements: [[UInt8]]) -> [UInt8] {
        [UInt8(ascii: "[")] + elements.joined(separator: [UInt8(ascii: ",")])
            + [UInt8(ascii: "]")]
    }
}

extension ScanReport.Count {
    fileprivate var json: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("verdict", name.rawValue)
        writer.add("severity", severity.rawValue)
        writer.add("count", count)
        return writer.bytes
    }
}

extension ScanReport.Connection {
    fileprivate var json: [UInt8] {
        var writer = JSONObjectWriter()
        writer.add("connection", connection)
        writer.add("id", id)
        writer.add("failures", failures)
        writer.add("remarks", remarks)
        writer.add("verdicts", json: JSONString.array(of: names.map(\.rawValue)).span)
        return writer.bytes
    }
}
