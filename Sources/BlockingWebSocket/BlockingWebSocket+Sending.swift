import Wire

extension BlockingWebSocket {
    /// Sends a message of text.
    public func send(_ text: String) throws(BlockingWebSocketError) {
        try send(.text, payload: Array(text.utf8))
    }

    /// Sends a message of bytes.
    public func send(_ bytes: [UInt8]) throws(BlockingWebSocketError) {
        try send(.binary, payload: bytes)
    }

    /// Sends a ping of at most 125 bytes.
    public func ping(_ payload: [UInt8] = []) throws(BlockingWebSocketError) {
        try send(.ping, payload: payload)
    }

    /// Sends a close frame. The server's own, and then the end of input, are still to be received.
    public func close(
        _ code: WebSocketCloseCode = .normal,
        reason: String = ""
    ) throws(BlockingWebSocketError) {
        try send(.close, payload: WebSocketClose.payload(code, reason: reason))
    }

    /// Ends the sending side without a close frame, as a client that quits does.
    public func finishSending() { socket.finishSending() }

    /// Breaks the connection off with a reset, as a client that crashes does.
    public func reset() { socket.reset() }
}
