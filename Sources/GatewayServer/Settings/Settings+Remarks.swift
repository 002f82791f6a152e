import Session

extension Settings {
    /// What an operator should know about these settings at the start: no mistakes, but perhaps
    /// not meant.
    public var remarks: [LogLine] {
        var lines: [LogLine] = []
        if internalKey == Self.defaultInternalKey {
            let text =
                "GATEWAY__INTERNAL_API_KEY is the default, which everybody knows; set your own"
            lines.append(LogLine(.warning, "gateway", text))
        }
        if isAgentThisGateway {
            let text =
                "GATEWAY__AGENT_URL is this gateway's own address; set it, or another PORT"
            lines.append(LogLine(.warning, "gateway", text))
        }
        if websocketAuth == .optional {
            let text = "WebSockets without credentials are let in (GATEWAY__WS_AUTH=optional)"
            lines.append(LogLine(.info, "gateway", text))
        }
        return lines
    }

    /// The defaults of the port and of the agent's URL meet on one machine.
    private var isAgentThisGateway: Bool {
        let own = ["localhost", "127.0.0.1", "::1", host]
        return agentURL.port == port && own.contains(agentURL.host)
    }
}
