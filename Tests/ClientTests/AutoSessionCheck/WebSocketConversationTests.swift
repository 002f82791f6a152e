import Testing
import Wire

@testable import auto_session_check

/// Against a server that has its answer ready before it is asked.
struct WebSocketConversationTests {
    private func turn(_ frames: [UInt8], closes: Bool = false) throws -> Turn {
        let server = try ScriptedServer(accepting: frames, closes: closes)
        let options = CheckOptions(base: server.url)
        return try WebSocketConversation(options, id: "new_1").say("question \"1\"")
    }

    @Test func anAnswerEndsWithTheConnectionOnceItIsFinal() throws {
        let frames =
            frame(.text, #"{"type":"session_info","session_id":"abc","is_final":false}"#)
            + frame(.text, #"{"type":"assistant_message","content":"hello","is_final":true}"#)
            + frame(.text, #"{"type":"done"}"#)
        let turn = try turn(frames, closes: true)
        #expect(turn.end == .answered)
        #expect(turn.frames.map(\.type) == ["session_info", "assistant_message", "done"])
        #expect(turn.sessionInfos.map(\.sessionID) == ["abc"])
    }

    @Test func aCloseBehindTheAnswerIsToldToTheNextMessage() throws {
        var frames = frame(.text, #"{"type":"assistant_message","is_final":true}"#)
        WebSocketFrameWriter.appendClose(.internalError, reason: "gone", to: &frames)
        let server = try ScriptedServer(accepting: frames)
        let options = CheckOptions(base: server.url)
        let conversation = try WebSocketConversation(options, id: "new_1")
        #expect(conversation.say("first").end == .answered)
        let ending = "the gateway closed the connection with 1011 (gone)"
        #expect(conversation.say("second") == Turn(frames: [], end: .broken(ending)))
    }

    @Test func anErrorFrameEndsTheAnswer() throws {
        let turn = try turn(frame(.text, #"{"type":"error","content":"Agent error: 503"}"#))
        #expect(turn.end == .error("Agent error: 503"))
    }

    @Test func aCloseBeforeTheEndIsTold() throws {
        let turn = try turn(frame(.text, "{}") + frame(.close, ""))
        #expect(turn.end == .broken("the gateway closed the connection"))
        #expect(turn.frames.count == 1)
    }

    @Test func aRefusalIsTold() throws {
        let server = try ScriptedServer { _ in Array("HTTP/1.1 401 Unauthorized\r\n\r\n".utf8) }
        let options = CheckOptions(base: server.url)
        let reason =
            "cannot connect to \(server.url)/ws/new_1: the handshake was answered 401 Unauthorized"
        #expect(throws: ConversationFailure(reason: reason)) {
            try WebSocketConversation(options, id: "new_1")
        }
    }
}
