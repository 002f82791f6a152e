/// The payload of close frames (RFC 6455 §5.5.1): nothing, or a code and a reason.
public enum WebSocketClose {
    /// The longest reason in bytes: a control frame's 125 less the code.
    public static let maxReasonBytes = 123

    /// The code in the payload; nil: the payload is empty.
    static func check(_ payload: Span<UInt8>) throws(WebSocketViolation) -> WebSocketCloseCode? {
        if payload.isEmpty { return nil }
        if payload.count == 1 { throw .invalidCloseFrame }
        let code = WebSocketCloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
        guard code.mayBeSent else { throw .invalidCloseFrame }
        var text = UTF8Validator()
        guard text.accept(payload.extracting(2..<payload.count)), text.isComplete else {
            throw .invalidUTF8
        }
        return code
    }

    /// The reason in the payload of a close frame that has been read; "" when there is none.
    public static func reason(in payload: [UInt8]) -> String {
        String(decoding: payload.dropFirst(2), as: UTF8.self)
    }

    /// The payload with the code and the reason, the reason cut at a character when it is longer
    /// than ``maxReasonBytes``. Empty for a code that may not be sent, which says 1005 to the
    /// peer.
    public static func payload(_ code: WebSocketCloseCode, reason: String = "") -> [UInt8] {
        guard code.mayBeSent else { return [] }
        var payload = [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)]
        for scalar in reason.unicodeScalars {
            let bytes = UTF8.encode(scalar).map(Array.init) ?? []
            if payload.count + bytes.count > maxReasonBytes + 2 { break }
            payload += bytes
        }
        return payload
    }
}
