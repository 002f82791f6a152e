import Testing

@testable import Events

/// Bodies that are JSON: what is written is read back, whatever a peer put into it.
struct BodyTests {
    static let hostile = [
        "", "plain", "\"quoted\"", "back\\slash", "\u{0}\u{1}\u{1F}\u{7F}", "line\nfeed\r\t",
        "\u{2028}\u{2029}", "Привет 🆔", "\u{FFFD}", "},\"id\":\"other\",{", "null", "</script>",
        String(repeating: "x", count: 100_000),
    ]

    @Test(arguments: hostile)
    func openings(text: String) {
        let opening = ConnectionOpened(
            id: text,
            target: "/ws/" + text,
            peer: text,
            authentication: "key",
            fields: [.init(name: "user-agent", value: text), .init(name: text, value: "v")],
            policy: SessionPolicy(
                sessionInfo: .always,
                onDisconnect: .cancel,
                queueMessages: 3,
                queueBytes: 4,
                missedHeartbeats: 5
            )
        )
        #expect(ConnectionOpened(opening.body.span) == opening)
    }

    @Test(arguments: hostile)
    func closings(text: String) {
        for side in [ConnectionClosed.Side.ide, .gateway, .network] {
            let closing = ConnectionClosed(by: side, reason: text)
            #expect(ConnectionClosed(closing.body.span) == closing)
        }
    }

    @Test(arguments: [0, 1, -1, .max, .min] as [Int64])
    func deliveries(number: Int64) {
        let delivered = FramesDelivered(frames: number, bytes: number)
        #expect(FramesDelivered(delivered.body.span) == delivered)
    }

    @Test(
        arguments: [
            "", "{", "[]", "5", "{}", #"{"by":"nobody","reason":""}"#, #"{"by":7}"#,
            #"{"frames":"1","bytes":2}"#, #"{"frames":1}"#, #"{"frames":1.5,"bytes":1e99}"#,
            #"{"id":7}"#, "\u{FEFF}{}",
        ]
    )
    func whatIsNoBody(text: String) {
        let body = Array(text.utf8)
        #expect(ConnectionOpened(body.span) == nil)
        #expect(ConnectionClosed(body.span) == nil)
        #expect(FramesDelivered(body.span) == nil)
    }

    /// An opening of another version may lack or misstate settings: each has its default.
    @Test func settingsHaveDefaults() {
        let body = Array(
            #"{"id":"s","session_info":"never","on_disconnect":3,"queue_messages":"x"}"#.utf8
        )
        let opening = ConnectionOpened(body.span)
        #expect(opening?.policy == SessionPolicy())
        #expect(opening?.target == "")
        #expect(opening?.fields == [])
    }

    /// The form itself, as an auditor sees it.
    @Test func theForm() {
        let opening = ConnectionOpened(
            id: "new_1",
            target: "/ws/new_1",
            peer: "10.0.0.1:5",
            authentication: "none",
            fields: [.init(name: "user-agent", value: "IDE")],
            policy: SessionPolicy()
        )
        #expect(
            String(decoding: opening.body, as: UTF8.self)
                == #"{"id":"new_1","target":"/ws/new_1","peer":"10.0.0.1:5","authentication":"none","#
                + #""headers":{"user-agent":"IDE"},"session_info":"once","on_disconnect":"finish","#
                + #""queue_messages":16,"queue_bytes":16777216,"missed_heartbeats":2}"#
        )
        let closing = ConnectionClosed(by: .ide, reason: "bye")
        #expect(String(decoding: closing.body, as: UTF8.self) == #"{"by":"ide","reason":"bye"}"#)
        let delivered = FramesDelivered(frames: 2, bytes: 30)
        #expect(String(decoding: delivered.body, as: UTF8.self) == #"{"frames":2,"bytes":30}"#)
    }
}
