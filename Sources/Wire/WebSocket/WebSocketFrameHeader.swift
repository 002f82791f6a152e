/// The header of a frame (RFC 6455 §5.2), with the rules that hold for every frame by itself.
struct WebSocketFrameHeader {
    var isFinal: Bool
    var opcode: WebSocketOpcode
    /// The payload's length in bytes, 0...2^63-1.
    var length: Int
    /// In the order of the bytes, the first lowest; 0 when not masked.
    var mask: UInt32
    /// The header's own length in bytes, 2–14.
    var size: Int

    /// Reads the header at the beginning of the input; nil: more bytes are needed. The first two
    /// bytes are judged as soon as they are there.
    static func parse(
        _ input: Span<UInt8>,
        role: WebSocketRole
    ) throws(WebSocketViolation) -> WebSocketFrameHeader? {
        guard input.count >= 2 else { return nil }
        let (first, second) = (input[0], input[1])
        if first & 0x70 != 0 { throw .reservedBits }
        guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else { throw .unknownOpcode }
        let isMasked = second & 0x80 != 0
        if isMasked != (role == .server) { throw isMasked ? .maskedFrame : .unmaskedFrame }
        let isFinal = first & 0x80 != 0
        let short = Int(second & 0x7F)
        if opcode.isControl, !isFinal || short > 125 { throw .malformedControlFrame }
        let lengthSize = short == 127 ? 8 : short == 126 ? 2 : 0
        let maskStart = 2 + lengthSize
        guard input.count >= maskStart else { return nil }
        let length = try length(input, short: short)
        let size = isMasked ? maskStart + 4 : maskStart
        guard input.count >= size else { return nil }
        let mask = isMasked ? mask(input, at: maskStart) : 0
        return Self(isFinal: isFinal, opcode: opcode, length: length, mask: mask, size: size)
    }

    private static func length(
        _ input: Span<UInt8>,
        short: Int
    ) throws(WebSocketViolation) -> Int {
        switch short {
        case 126:
            let length = Int(input[2]) << 8 | Int(input[3])
            if length < 126 { throw .malformedLength }
            return length
        case 127:
            var length: UInt64 = 0
            for index in 2..<10 { length = length << 8 | UInt64(input[index]) }
            guard length > 0xFFFF, let length = Int(exactly: length) else {
                throw .malformedLength
            }
            return length
        default:
            return short
        }
    }

    private static func mask(_ input: Span<UInt8>, at start: Int) -> UInt32 {
        UInt32(input[start]) | UInt32(input[start + 1]) << 8 | UInt32(input[start + 2]) << 16
            | UInt32(input[start + 3]) << 24
    }
}
