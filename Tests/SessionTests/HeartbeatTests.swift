import Testing

/// When an IDE is taken for dead.
struct HeartbeatTests {
    /// The pongs could not be read while the queue was full, so they are not missing when it no longer is.
    @Test func silenceDoesNotCountFromTheTimeInWhichTheQueueWasFull() {
        let script = #"""
            opened abc-123 queue_messages=1
              accept
            text {"type":"user_message","role":"user","content":"1"}
              post of frame 2 {"session_id":"abc-123","message":{"type":"user_message","role":"user","content":"1"}}
            text {"type":"user_message","role":"user","content":"2"}
            heartbeat
              ping
            heartbeat
              ping
            heartbeat
              ping
            end
              confirm delivery
              post of frame 4 {"session_id":"abc-123","message":{"type":"user_message","role":"user","content":"2"}}
            heartbeat
              ping
            heartbeat
              ping
            heartbeat
              close 1011 by gateway: no answer to 2 heartbeats
            """#
        #expect(Script.run(script) == script)
    }
}
