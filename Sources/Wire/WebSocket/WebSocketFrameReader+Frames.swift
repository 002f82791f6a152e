extension WebSocketFrameReader {
    /// The frame whose payload is being read.
    struct Frame: Sendable {
        var opcode: WebSocketOpcode
        var isFinal: Bool
        var mask: UInt32
        /// Bytes of the payload read so far.
        var done = 0
        /// Bytes of the payload still to come.
        var remaining: Int
    }

    /// The message being read.
    struct Message: Sendable {
        var opcode: WebSocketOpcode
        var fragments = 0
        /// Bytes announced by the frames so far.
        var length = 0
        var text = UTF8Validator()
    }

    /// Reads a header and judges it by what has gone before; its size, or nil when it is not all
    /// there.
    mutating func readHeader(_ input: Span<UInt8>) throws(WebSocketViolation) -> Int? {
        guard let header = try WebSocketFrameHeader.parse(input, role: role) else { return nil }
        if !header.opcode.isControl { try count(header) }
        frame = Frame(
            opcode: header.opcode,
            isFinal: header.isFinal,
            mask: header.mask,
            remaining: header.length
        )
        return header.size
    }

    /// Takes a data frame into its message (§5.4), within the limits.
    private mutating func count(_ header: WebSocketFrameHeader) throws(WebSocketViolation) {
        let begins = header.opcode != .continuation
        if begins, message != nil { throw .interruptedMessage }
        var message = self.message ?? Message(opcode: header.opcode)
        if !begins, self.message == nil { throw .unexpectedContinuation }
        // Never overflows: `length` is at most the limit.
        guard header.length <= maxMessageBytes &- message.length else { throw .messageTooBig }
        message.length &+= header.length
        message.fragments &+= 1
        if message.fragments > Self.maxFragments { throw .tooManyFragments }
        self.message = message
    }

    /// Reads what there is of the payload and returns how much that was.
    mutating func readPayload(_ input: Span<UInt8>) throws(WebSocketViolation) -> Int {
        guard var frame else { return 0 }
        let count = min(frame.remaining, input.count)
        if count == 0 { return 0 }
        let piece = input.extracting(0..<count)
        if frame.opcode.isControl {
            Self.unmask(piece, frame, into: &payload)
        } else {
            let start = assembly.count
            Self.unmask(piece, frame, into: &assembly)
            try checkText(from: start)
        }
        frame.done &+= count
        frame.remaining &-= count
        self.frame = frame
        return count
    }

    private static func unmask(
        _ piece: Span<UInt8>,
        _ frame: Frame,
        into buffer: inout [UInt8]
    ) {
        let start = buffer.count
        buffer.append(copying: piece)
        WebSocketMask.apply(frame.mask, phase: frame.done, to: &buffer, from: start)
    }

    /// Checks the text that has just come (§8.1).
    private mutating func checkText(from start: Int) throws(WebSocketViolation) {
        guard var text = message?.text, message?.opcode == .text else { return }
        let isValid = assembly.withUnsafeBytes { bytes in
            text.accept(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
        message?.text = text
        if !isValid { throw .invalidUTF8 }
    }

    /// A frame has been read to its end: the item it completes, if any.
    mutating func finish(_ frame: Frame) throws(WebSocketViolation) -> WebSocketItem? {
        switch frame.opcode {
        case .ping: return .ping
        case .pong: return .pong
        case .close:
            let code = try WebSocketClose.check(payload.span)
            end()
            return .close(code)
        case .text, .binary, .continuation:
            guard frame.isFinal, let message else { return nil }
            if !message.text.isComplete { throw .invalidUTF8 }
            self.message = nil
            swap(&payload, &assembly)
            return message.opcode == .text
                ? .text(fragments: message.fragments) : .binary(fragments: message.fragments)
        }
    }
}
