import IOLoop
import Wire

extension EchoConnection {
    /// Answers the handshake when it is all there; gives how many bytes that took.
    func receiveRequest(_ bytes: Span<UInt8>) -> Int {
        do throws(HTTPViolation) {
            guard let (request, consumed) = try requests.parseRequest(bytes) else { return 0 }
            answer(request)
            return consumed
        } catch {
            refuse(status: error.status, fields: [:], reason: error.description)
            return bytes.count
        }
    }

    private func answer(_ request: HTTPRequestHead) {
        do throws(WebSocketHandshakeViolation) {
            write(try WebSocketHandshake.accept(request), body: "")
            isUpgraded = true
        } catch {
            refuse(status: error.status, fields: error.fields, reason: error.description)
        }
    }

    private func refuse(status: Int, fields: HTTPFields, reason: String) {
        let body = reason + "\n"
        var fields = fields
        if !fields.hasToken("Upgrade", in: "Connection") { fields.append("Connection", "close") }
        fields.append("Content-Type", "text/plain; charset=utf-8")
        fields.append("Content-Length", String(body.utf8.count))
        write(HTTPResponseHead(status: status, fields: fields), body: body)
        finish()
    }

    private func write(_ head: HTTPResponseHead, body: String) {
        socket.write { output in
            // Throws only for fields that cannot be written, and these are all our own.
            try? HTTPHeadWriter.append(head, to: &output)
            output.append(contentsOf: body.utf8)
        }
    }
}
