import Testing

@testable import Session

/// Ids are bytes: what looks alike, or belongs together when it is shown, is not the same for that.
struct IdentityTests {
    /// Each adds to the underscore, so that `new_` is not a prefix to those who count what is shown.
    @Test(arguments: ["new_\u{301}123", "new_\u{200D}1", "new_\u{FE0F}"])
    func aTemporaryIDIsOneWhateverFollows(text: String) {
        #expect(TemporaryID(text)?.text == text)
        #expect(SessionID(text) == nil)
        #expect(Identity(pathID: text)?.sessionID == nil)
    }

    @Test func noTwoSpellingsAreOneID() {
        #expect(SessionID("caf\u{E9}") != SessionID("cafe\u{301}"))
        #expect(TemporaryID("new_caf\u{E9}") != TemporaryID("new_cafe\u{301}"))
        #expect(SessionID("caf\u{E9}") == SessionID("caf\u{E9}"))
    }

    @Test func anotherSpellingBindsAnew() {
        let script = #"""
            opened new_1
              accept
            text {"type":"user_message","role":"user","content":"Hi"}
              post of frame 2 {"message":{"type":"user_message","role":"user","content":"Hi"}}
            chunk {"type":"session_info","session_id":"caf\u00e9"}
              forward {"type":"session_info","session_id":"caf\u00e9"}
              confirm delivery at once
            chunk {"type":"session_info","session_id":"cafe\u0301"}
              forward {"type":"session_info","session_id":"cafe\u0301"}
              confirm delivery at once
            """#
        #expect(Script.run(script) == script)
    }
}
