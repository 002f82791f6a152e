import Testing

@testable import Wire

struct WebSocketFrameWriterTests {
    /// RFC 6455 §5.7.
    @Test("The examples of the RFC")
    func examples() {
        let hello = Array("Hello".utf8)
        var output: [UInt8] = []
        WebSocketFrameWriter.append(.text, payload: hello.span, to: &output)
        #expect(output == [UInt8](hex: "81 05 48 65 6c 6c 6f"))
        output = []
        WebSocketFrameWriter.append(.text, payload: hello.span, mask: TestFrame.mask, to: &output)
        #expect(output == [UInt8](hex: "81 85 37 fa 21 3d 7f 9f 4d 51 58"))
        output = []
        let part = hello.span.extracting(..<3)
        WebSocketFrameWriter.append(.text, payload: part, isFinal: false, to: &output)
        #expect(output == [UInt8](hex: "01 03 48 65 6c"))
        output = []
        WebSocketFrameWriter.appendHeader(.binary, payloadBytes: 256, to: &output)
        #expect(output == [UInt8](hex: "82 7E 01 00"))
        output = []
        WebSocketFrameWriter.appendHeader(.binary, payloadBytes: 65536, to: &output)
        #expect(output == [UInt8](hex: "82 7F 00 00 00 00 00 01 00 00"))
    }

    @Test(
        "All forms write the same frame, and it reads back",
        arguments: [0, 1, 125, 126, 127, 65535, 65536, 70000]
    )
    func forms(count: Int) throws {
        let payload = [UInt8](repeating: 0x61, count: count)
        var plain = Array("before".utf8)
        WebSocketFrameWriter.append(.text, payload: payload.span, to: &plain)
        var rendered = Array("before".utf8)
        WebSocketFrameWriter.append(.text, to: &rendered) { $0 += payload }
        #expect(rendered == plain)
        var client = WebSocketFrameReader(role: .client, maxMessageBytes: count)
        let (consumed, item) = try client.receive(plain.span.extracting(6...))
        #expect(consumed == plain.count - 6)
        #expect(item == .text(fragments: 1))
        #expect(client.payload == payload)
        var masked: [UInt8] = []
        WebSocketFrameWriter.append(.text, payload: payload.span, mask: 0x0102_0304, to: &masked)
        var server = WebSocketFrameReader(role: .server, maxMessageBytes: count)
        let again = try server.receive(masked.span).item
        #expect(again == .text(fragments: 1))
        #expect(server.payload == payload)
    }

    @Test("When rendering fails the output is as it was")
    func failure() {
        struct Failed: Error {}
        var output = Array("before".utf8)
        #expect(throws: Failed.self) {
            try WebSocketFrameWriter.append(.text, to: &output) { output throws(Failed) in
                output += [1, 2, 3]
                throw Failed()
            }
        }
        #expect(output == Array("before".utf8))
    }

    @Test("A control frame is never longer than the peer may take")
    func control() {
        var output: [UInt8] = []
        let payload = [UInt8](repeating: 0x61, count: 200)
        WebSocketFrameWriter.append(.ping, payload: payload.span, to: &output)
        #expect(output.count == 127)
        #expect(output.starts(with: [0x89, 125]))
    }

    @Test(
        "Close frames",
        arguments: [
            (1000, "", "88 02 03 E8"), (1011, "no", "88 04 03 F3 6E 6F"), (1005, "a", "88 00"),
            (1006, "", "88 00"), (1015, "", "88 00"), (999, "", "88 00"),
        ] as [(UInt16, String, String)]
    )
    func close(code: UInt16, reason: String, expected: String) {
        var output: [UInt8] = []
        let code = WebSocketCloseCode(rawValue: code)
        WebSocketFrameWriter.appendClose(code, reason: reason, to: &output)
        #expect(output == [UInt8](hex: expected))
    }

    @Test("A long reason is cut at a character")
    func longReason() {
        let reason = String(repeating: "я", count: 100)
        let payload = WebSocketClose.payload(.normal, reason: reason)
        #expect(payload.count == 124)
        #expect(WebSocketClose.reason(in: payload) == String(repeating: "я", count: 61))
        #expect(WebSocketClose.reason(in: []) == "")
    }
}
