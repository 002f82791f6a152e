import Events
import Session

extension SessionState {
    /// All that the state holds, flat, in the order in which it reads best.
    public var fields: [StateField] {
        let named: [(String, StateField.Value)] =
            [
                ("path_id", .text(pathID)), ("identity", identityKind),
                ("id", .text(identity?.text)), ("ordinal", .number(ordinal)),
            ] + linkFields + turnFields + [
                ("waiting", .messages(waiting)), ("waiting_bytes", .number(Int64(waitingBytes))),
                ("accepts_frames", .flag(acceptsFrames)),
                ("unanswered_heartbeats", .number(Int64(unansweredHeartbeats))),
                ("delivered_through", .number(deliveredThrough)),
                ("anomalies", .anomalies(anomalies)),
                ("anomaly_count", .number(Int64(anomalyCount))),
            ] + policyFields
        return named.map { StateField(name: $0.0, value: $0.1) }
    }

    private var identityKind: StateField.Value {
        switch identity {
        case .temporary: .text("temporary")
        case .session: .text("session")
        case nil: .none
        }
    }

    private var linkFields: [(String, StateField.Value)] {
        var closing: (closed: ConnectionClosed, code: Int64)?
        let name =
            switch link {
            case .unopened: "unopened"
            case .open: "open"
            case .closed: "closed"
            }
        if case .closed(let closed, let code) = link { closing = (closed, code) }
        return [
            ("link", .text(name)),
            ("closed_by", .text(closing?.closed.side.rawValue)),
            ("close_code", .number(closing?.code)),
            ("close_reason", .text(closing?.closed.reason)),
        ]
    }

    private var turnFields: [(String, StateField.Value)] {
        [
            ("turns", .number(Int64(turns))),
            ("turn_frame", .number(turn?.frame)),
            ("turn_request", .number(turn?.request)),
            ("turn_status", .number(turn?.status)),
            ("turn_chunks", .number(turn.map { Int64($0.chunks) })),
            ("turn_events", .number(turn.map { Int64($0.events) })),
        ]
    }

    private var policyFields: [(String, StateField.Value)] {
        [
            ("session_info", .text(policy.sessionInfo.rawValue)),
            ("on_disconnect", .text(policy.onDisconnect.rawValue)),
            ("queue_messages", .number(Int64(policy.queueMessages))),
            ("queue_bytes", .number(Int64(policy.queueBytes))),
            ("missed_heartbeats", .number(Int64(policy.missedHeartbeats))),
        ]
    }
}

extension StateField.Value {
    fileprivate static func text(_ text: String?) -> Self { text.map { .text($0) } ?? .none }
    fileprivate static func number(_ number: Int64?) -> Self { number.map { .number($0) } ?? .none }
}
