import Events
import IOLoop
import Session
import Wire

extension IDEConnection: StreamSocketOwner {
    func socketConnected(_ socket: StreamSocket) {}

    func socket(_ socket: StreamSocket, received bytes: Span<UInt8>) -> Int {
        lastReceived = server.loop.now
        var offset = 0
        do throws(WebSocketViolation) {
            while canTakeFrames {
                let (consumed, item) = try reader.receive(bytes.extracting(offset..<bytes.count))
                offset += consumed
                guard let item else { break }
                receive(item)
            }
        } catch {
            violate(error)
        }
        guard state.isOpen else { return bytes.count }
        if canTakeFrames { reader.releaseBuffers() } else { holdBack() }
        return offset
    }

    func socket(_ socket: StreamSocket, ended end: SocketEnd) {
        _ = ledger.advance(to: socket.sentBytes)
        switch end {
        case .endOfInput:
            let closed = ConnectionClosed(by: .ide, reason: "ended without a close frame")
            close(closed, code: 1006)
        case .failed(let error):
            close(ConnectionClosed(by: .network, reason: error.reason), code: 1006)
        }
    }

    func socketSent(_ socket: StreamSocket) {
        lastSent = server.loop.now
        recordDeliveryIfDue()
        if socket.unsentBytes < Self.lowMark { resumeReading() }
    }

    private func receive(_ item: WebSocketItem) {
        let fragments =
            switch item {
            case .text(let fragments), .binary(let fragments): fragments
            case .ping, .pong, .close: 1
            }
        let detail = FrameDetail(opcode: item.opcode.rawValue, fragments: fragments)
        let payload = reader.takePayload()
        record(.frameReceived, detail: detail.detail, sharing: payload)
    }

    private func violate(_ violation: WebSocketViolation) {
        let code = Int64(violation.closeCode.rawValue)
        record(.frameRejected, detail: code, violation.description.utf8.span)
    }
}
