import BlockingWebSocket
import Wire

/// A conversation with a real gateway.
final class WebSocketConversation: Conversation {
    private let socket: BlockingWebSocket
    private let timeout: Duration
    /// How the connection ended, once it has.
    private var ending: String?

    /// Connects to `{base}/ws/{id}`.
    init(_ options: CheckOptions, id: String) throws(ConversationFailure) {
        let url = options.base.appending(segment: "ws").appending(segment: id)
        timeout = options.timeout
        do throws(BlockingWebSocketError) {
            socket = try BlockingWebSocket(
                connectingTo: url,
                fields: options.fields,
                timeout: options.timeout
            )
        } catch {
            throw ConversationFailure(reason: "cannot connect to \(url): \(error)")
        }
    }

    func say(_ content: String) -> Turn {
        if let ending { return Turn(frames: [], end: .broken(ending)) }
        var message = Array(#"{"type":"user_message","role":"user","content":"#.utf8)
        JSONString.appendQuoted(content, to: &message)
        message.append(UInt8(ascii: "}"))
        var frames: [AgentFrame] = []
        do throws(BlockingWebSocketError) {
            try socket.send(.text, payload: message)
            let end = try readAnswer(into: &frames)
            return Turn(frames: frames, end: end)
        } catch {
            return Turn(frames: frames, end: .broken("\(error)"))
        }
    }

    func close() {
        // Nothing depends on it: the conversation is over.
        try? socket.close()
    }

    private func readAnswer(
        into frames: inout [AgentFrame]
    ) throws(BlockingWebSocketError) -> Turn.End {
        let deadline = Deadline(after: timeout)
        var end = AnswerEnd()
        while true {
            let remaining = deadline.remaining
            switch try socket.receive(timeout: min(remaining, end.silence ?? remaining)) {
            case .text(let text):
                let frame = AgentFrame(text)
                frames.append(frame)
                if frame.type == "error" { return .error(frame.content ?? "without content") }
                end.note(frame)
            case .timeout:
                guard let silence = end.silence, silence <= remaining || end.isSaid else {
                    return .timeout
                }
                return .answered
            case .close(let code, let reason):
                return finish(Self.closing(code, reason), isAnswered: end.isSaid)
            case .endOfInput:
                let ending = "the connection ended without a close frame"
                return finish(ending, isAnswered: end.isSaid)
            case .binary, .ping, .pong:
                // Not the agent's: its frames are text.
                continue
            }
        }
    }

    /// An answer that is over has nothing to lose by the end of the connection: the next one has.
    private func finish(_ ending: String, isAnswered: Bool) -> Turn.End {
        self.ending = ending
        return isAnswered ? .answered : .broken(ending)
    }

    private static func closing(_ code: WebSocketCloseCode?, _ reason: String) -> String {
        var text = "the gateway closed the connection"
        if let code { text += " with \(code.rawValue)" }
        return reason.isEmpty ? text : text + " (\(reason))"
    }
}
