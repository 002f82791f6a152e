/// The five checks, in their order. Each looks at what the ones before it left behind.
struct SessionCheck {
    /// Opens a conversation at `{base}/ws/{id}`.
    let connect: (_ id: String) throws(ConversationFailure) -> any Conversation
    /// What the session is called before the agent gives it a name; begins with `new_`.
    let temporaryID: String

    /// Runs them all; always five results.
    func run() -> [CheckResult] {
        let (created, sessionID) = checkNewSession()
        return created + checkExistingSession(sessionID)
    }

    /// Checks 1–3, on one connection over the temporary id; and the session's id when it was told.
    private func checkNewSession() -> ([CheckResult], sessionID: String?) {
        let conversation: any Conversation
        do throws(ConversationFailure) {
            conversation = try connect(temporaryID)
        } catch {
            let notRun = "not run: there is no new session"
            return (
                [
                    CheckResult(name: Self.names[0], fault: error.reason),
                    CheckResult(name: Self.names[1], fault: notRun),
                    CheckResult(name: Self.names[2], fault: notRun),
                ], nil
            )
        }
        defer { conversation.close() }
        let turn = conversation.say("auto-session-check: first message of a new session")
        let answered = CheckResult(name: Self.names[0], fault: turn.fault, detail: turn.seen)
        let (told, sessionID) = checkSessionInfo(turn)
        let repeated = checkSecondMessage(conversation, after: turn, sessionID)
        return ([answered, told, repeated], sessionID)
    }

    /// Check 2: the new session's id is told.
    private func checkSessionInfo(_ turn: Turn) -> (CheckResult, sessionID: String?) {
        let name = Self.names[1]
        let infos = turn.sessionInfos
        guard let first = infos.first else {
            return (CheckResult(name: name, fault: "no session_info; \(turn.seen)"), nil)
        }
        guard let id = first.sessionID, !id.isEmpty else {
            return (CheckResult(name: name, fault: "its session_id is missing or empty"), nil)
        }
        if id.utf8.starts(with: "new_".utf8) {
            return (CheckResult(name: name, fault: "its session_id is temporary: \(id)"), nil)
        }
        let fault = infos.count > 1 ? "\(infos.count) came in one answer" : nil
        return (CheckResult(name: name, fault: fault, detail: "session_id=\(id)"), id)
    }

    /// Check 3: the id is not told again, and the connection goes on.
    private func checkSecondMessage(
        _ conversation: any Conversation,
        after turn: Turn,
        _ sessionID: String?
    ) -> CheckResult {
        let name = Self.names[2]
        if turn.fault != nil {
            return CheckResult(name: name, fault: "not run: the first message was not answered")
        }
        if sessionID == nil {
            return CheckResult(name: name, fault: "not run: no first session_info to repeat")
        }
        let second = conversation.say("auto-session-check: second message of the session")
        return CheckResult(
            name: name,
            fault: Self.repeatedInfo(in: second) ?? second.fault,
            detail: second.seen
        )
    }

    /// Checks 4 and 5, on a new connection over the session's own id.
    private func checkExistingSession(_ sessionID: String?) -> [CheckResult] {
        let (answered, quiet) = (Self.names[3], Self.names[4])
        guard let sessionID else {
            let fault = "not run: the session's id is not known"
            return [
                CheckResult(name: answered, fault: fault), CheckResult(name: quiet, fault: fault),
            ]
        }
        let turn: Turn
        do throws(ConversationFailure) {
            let conversation = try connect(sessionID)
            defer { conversation.close() }
            turn = conversation.say("auto-session-check: message to an existing session")
        } catch {
            let notRun = "not run: the existing session cannot be reached"
            return [
                CheckResult(name: answered, fault: error.reason),
                CheckResult(name: quiet, fault: notRun),
            ]
        }
        // A session_info that came is a fault even when the answer broke off after it.
        let unanswered = turn.fault == nil ? nil : "not run: the message was not answered"
        return [
            CheckResult(name: answered, fault: turn.fault, detail: turn.seen),
            CheckResult(name: quiet, fault: Self.repeatedInfo(in: turn) ?? unanswered),
        ]
    }

    private static func repeatedInfo(in turn: Turn) -> String? {
        guard let info = turn.sessionInfos.first else { return nil }
        return "a session_info came: session_id=\(info.sessionID ?? "missing")"
    }

    /// What the checks say, in their order.
    static let names = [
        "a new session over a temporary id answers",
        "session_info tells the session's id",
        "no second session_info on the same connection",
        "the existing session answers over its id",
        "no session_info on the existing session",
    ]
}
