/// Writes frames (RFC 6455 §5), each whole with FIN set unless said otherwise.
///
/// A control frame's payload is cut at 125 bytes (§5.5): a frame the peer must refuse is never
/// written.
public enum WebSocketFrameWriter {
    /// Appends a server's frame.
    public static func append(
        _ opcode: WebSocketOpcode,
        payload: Span<UInt8>,
        isFinal: Bool = true,
        to output: inout [UInt8]
    ) {
        let payload = payload.extracting(0..<allowed(payload.count, opcode))
        appendHeader(opcode, payloadBytes: payload.count, isFinal: isFinal, to: &output)
        output.append(copying: payload)
    }

    /// Appends a client's frame. The mask must be new and unforeseeable for each frame (§5.3).
    public static func append(
        _ opcode: WebSocketOpcode,
        payload: Span<UInt8>,
        mask: UInt32,
        isFinal: Bool = true,
        to output: inout [UInt8]
    ) {
        let payload = payload.extracting(0..<allowed(payload.count, opcode))
        let header = output.count
        appendHeader(opcode, payloadBytes: payload.count, isFinal: isFinal, to: &output)
        output[header + 1] |= 0x80
        for shift: UInt32 in [0, 8, 16, 24] {
            output.append(UInt8(truncatingIfNeeded: mask >> shift))
        }
        let start = output.count
        output.append(copying: payload)
        WebSocketMask.apply(mask, phase: 0, to: &output, from: start)
    }

    /// Appends a server's close frame; see ``WebSocketClose/payload(_:reason:)``.
    public static func appendClose(
        _ code: WebSocketCloseCode,
        reason: String = "",
        to output: inout [UInt8]
    ) {
        append(.close, payload: WebSocketClose.payload(code, reason: reason).span, to: &output)
    }

    /// Appends the header of a server's frame, whose payload the caller appends.
    public static func appendHeader(
        _ opcode: WebSocketOpcode,
        payloadBytes: Int,
        isFinal: Bool = true,
        to output: inout [UInt8]
    ) {
        output.append(opcode.rawValue | (isFinal ? 0x80 : 0))
        switch payloadBytes {
        case ..<126:
            output.append(UInt8(truncatingIfNeeded: payloadBytes))
        case ..<0x1_0000:
            output.append(126)
            output.append(UInt8(truncatingIfNeeded: payloadBytes >> 8))
            output.append(UInt8(truncatingIfNeeded: payloadBytes))
        default:
            output.append(127)
            for shift in stride(from: 56, through: 0, by: -8) {
                output.append(UInt8(truncatingIfNeeded: payloadBytes >> shift))
            }
        }
    }

    private static func allowed(_ count: Int, _ opcode: WebSocketOpcode) -> Int {
        opcode.isControl ? min(count, 125) : count
    }
}
