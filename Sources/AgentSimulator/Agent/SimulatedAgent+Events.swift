import Wire

/// The calls under `/events`: what a metrics service would say.
extension SimulatedAgent {
    func events(_ path: ArraySlice<String>, _ query: String?) -> String? {
        switch Array(path) {
        case ["metrics"], ["stats"]:
            return JSONText.object([
                ("sessions", String(sessions.count)),
                ("messages", String(sessions.all.reduce(0) { $0 + $1.history.count })),
            ])
        case ["metrics", "sessions"]:
            let all = sessions.all.suffix(100).map(Self.metrics)
            return JSONText.object([("sessions", JSONText.array(all))])
        case ["audit-log"]: return Self.auditLog(query)
        default:
            guard path.count == 3, path.starts(with: ["metrics", "session"]) else { return nil }
            return path.last.flatMap { sessions[$0] }.map(Self.metrics)
        }
    }

    private static func metrics(of session: SimulatedSession) -> String {
        JSONText.object([
            ("session_id", JSONText.string(session.id)),
            ("messages", String(session.history.count)),
            ("pending", String(session.pendingCalls.count + session.pendingPlans.count)),
        ])
    }

    /// No entries, and the query as it came: so that a client can see what arrives.
    private static func auditLog(_ query: String?) -> String {
        let filters = HTTPQuery(query).items.map { ($0.name, JSONText.string($0.value)) }
        return JSONText.object([
            ("query", JSONText.string(query ?? "")),
            ("filters", JSONText.object(filters)),
            ("events", JSONText.array([])),
        ])
    }
}
