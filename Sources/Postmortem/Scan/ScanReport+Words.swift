extension ScanReport {
    /// The lines at the end of a scan, each of which begins with `# `, so that nobody takes it for a finding.
    public func words(events: Int64, connections: Int64) -> [String] {
        var lines = [
            "# \(events) events, \(connections) connections:"
                + " \(failures) failure(s), \(remarks) remark(s)"
        ]
        for count in counts {
            lines.append("# \(count.count) \(count.severity.rawValue) \(count.name.rawValue)")
        }
        if let half = bindingTimes.percentile(permille: 500),
            let most = bindingTimes.percentile(permille: 990)
        {
            lines.append(
                "# first request to binding, \(bindingTimes.count) time(s):"
                    + " p50 \(Timestamp.duration(half)), p99 \(Timestamp.duration(most)),"
                    + " max \(Timestamp.duration(bindingTimes.longest))"
            )
        }
        let worst = worst
        if !worst.isEmpty { lines.append("# worst connections:") }
        for connection in worst {
            let id = connection.id.isEmpty ? "-" : TerminalText.make(connection.id)
            let names = connection.names.map(\.rawValue).joined(separator: ", ")
            lines.append(
                "# connection \(connection.connection) \(id): \(connection.failures) failure(s),"
                    + " \(connection.remarks) remark(s): \(names)"
            )
        }
        return lines
    }
}
