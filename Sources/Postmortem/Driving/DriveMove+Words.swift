extension DriveMove.Action {
    /// In a few words, on a line that is safe for a terminal.
    public var words: String {
        switch self {
        case .open(let id, _): "open \(TerminalText.make(id))"
        case .send(8, _, _): "send a close frame"
        case .send(9, _, _): "send a ping"
        case .send(_, _, let payload): "send \(TerminalText.make(payload, limit: 70))"
        case .violate(let code): "break WebSocket, for close code \(code)"
        case .finish: "leave without a close frame"
        case .reset: "reset the connection"
        case .awaitEnd: "wait for the gateway to end the connection"
        }
    }
}
