import Wire

/// A server's frame.
func frame(_ opcode: WebSocketOpcode, _ text: String, isFinal: Bool = true) -> [UInt8] {
    var bytes: [UInt8] = []
    WebSocketFrameWriter.append(opcode, payload: text.utf8.span, isFinal: isFinal, to: &bytes)
    return bytes
}

/// A client's frame.
func maskedFrame(_ opcode: WebSocketOpcode, _ payload: [UInt8], isFinal: Bool = true) -> [UInt8] {
    var bytes: [UInt8] = []
    WebSocketFrameWriter.append(
        opcode,
        payload: payload.span,
        mask: 0x1234_5678,
        isFinal: isFinal,
        to: &bytes
    )
    return bytes
}
