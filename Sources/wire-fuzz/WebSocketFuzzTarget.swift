import SeededNumbers
import Wire

/// The reader of WebSocket frames, as a server has it.
struct WebSocketFuzzTarget: TranscribedFuzzTarget {
    static let name = "websocket"

    static let samples: [[UInt8]] = [
        frame(.text, "{\"type\":\"user_message\"}") + frame(.ping, "ping")
            + frame(.close, "\u{3}\u{E8}"),
        frame(.text, "При", isFinal: false) + frame(.pong, "")
            + frame(.continuation, "вет 🆔", isFinal: true),
        frame(.binary, String(repeating: "b", count: 130)),
        frame(.text, "", isFinal: false) + frame(.continuation, "", isFinal: false)
            + frame(.continuation, "end"),
    ]

    static let interestingBytes: [UInt8] = [
        0x00, 0x01, 0x02, 0x08, 0x09, 0x0A, 0x7D, 0x7E, 0x7F, 0x80, 0x81, 0x82, 0x88, 0x89, 0x8A,
        0xC1,
        0xFD, 0xFE, 0xFF,
    ]

    private static func frame(
        _ opcode: WebSocketOpcode,
        _ text: String,
        isFinal: Bool = true
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        let payload = Array(text.utf8)
        let mask: UInt32 = 0x1234_5678
        WebSocketFrameWriter.append(
            opcode,
            payload: payload.span,
            mask: mask,
            isFinal: isFinal,
            to: &bytes
        )
        return bytes
    }

    static func transcript(
        of input: Span<UInt8>,
        _ random: inout SplitMix64,
        isCut: Bool
    ) -> [String] {
        var reader = WebSocketFrameReader(role: .server, maxMessageBytes: 256)
        var lines: [String] = []
        PiecewiseFeed.run(input, cutBy: &random, isCut: isCut) { bytes in
            do throws(WebSocketViolation) {
                let (consumed, item) = try reader.receive(bytes)
                if let item { lines.append("\(item) \(reader.payload)") }
                return consumed
            } catch {
                lines.append("violation \(error)")
                return nil
            }
        }
        return lines
    }
}
