import Testing

@testable import Wire

struct WebSocketMutationTests {
    private static let seeds: [[UInt8]] = [
        TestFrame.masked(0x01, "При") + TestFrame.masked(0x89, "ping")
            + TestFrame.masked(0x80, "вет"),
        TestFrame.masked(0x82, [UInt8](repeating: 0xC3, count: 130)) + TestFrame.masked(0x81, "a"),
        TestFrame.masked(0x81, #"{"type":"user_message"}"#) + TestFrame.close(1000, [0x61]),
    ]

    @Test("Whatever comes, the outcome does not depend on how it is split", arguments: 0..<300)
    func splits(seed: Int) {
        var mutation = WireMutation(seed: seed)
        for bytes in Self.seeds {
            let alphabet: [UInt8] = [0, 1, 0x7D, 0x7E, 0x7F, 0x80, 0x81, 0x88, 0x89, 0xFE, 0xFF]
            let mutated = mutation.mutate(bytes, alphabet: alphabet)
            let chunks = mutation.chunks(of: mutated)
            let whole = WebSocketTrace.lines([mutated], limit: 150)
            #expect(WebSocketTrace.lines(chunks, limit: 150) == whole)
        }
    }
}
