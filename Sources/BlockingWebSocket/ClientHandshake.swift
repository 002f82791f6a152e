import Wire

/// The opening handshake from the client's side (RFC 6455 §4.1).
struct ClientHandshake {
    private let url: WebSocketURL
    private let fields: HTTPFields
    private let nonce: [UInt8]

    /// A handshake with a nonce of its own.
    init(url: WebSocketURL, fields: HTTPFields) {
        self.url = url
        self.fields = fields
        var random = SystemRandomNumberGenerator()
        nonce = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// Sends the request and reads the answer, leaving in `input` the frames that came with it.
    func perform(
        over socket: borrowing BlockingSocket,
        leaving input: inout [UInt8],
        by deadline: Deadline
    ) throws(BlockingWebSocketError) -> HTTPResponseHead {
        let request = try requestBytes()
        do throws(BlockingSocketError) {
            try socket.send(request, by: deadline)
        } catch {
            throw .socket(error)
        }
        let response = try readResponse(from: socket, leaving: &input, by: deadline)
        guard response.status == 101 else { throw .refused(response) }
        do throws(WebSocketHandshakeViolation) {
            try WebSocketHandshake.check(response, nonce: nonce)
        } catch {
            throw .handshake(error)
        }
        return response
    }

    private func requestBytes() throws(BlockingWebSocketError) -> [UInt8] {
        let head = WebSocketHandshake.request(
            target: url.target,
            host: url.authority,
            nonce: nonce,
            fields: fields
        )
        var bytes: [UInt8] = []
        do throws(HTTPViolation) {
            try HTTPHeadWriter.append(head, to: &bytes)
        } catch {
            throw .invalidRequest(error)
        }
        return bytes
    }

    private func readResponse(
        from socket: borrowing BlockingSocket,
        leaving input: inout [UInt8],
        by deadline: Deadline
    ) throws(BlockingWebSocketError) -> HTTPResponseHead {
        var parser = HTTPHeadParser()
        while true {
            do throws(HTTPViolation) {
                while let (head, consumed) = try parser.parseResponse(input.span) {
                    input.removeFirst(consumed)
                    if !head.isInterim { return head }
                }
            } catch {
                throw .invalidResponse(error)
            }
            if deadline.hasPassed { throw .socket(.timeout(call: "handshake")) }
            try readMore(from: socket, into: &input, by: deadline)
        }
    }

    private func readMore(
        from socket: borrowing BlockingSocket,
        into input: inout [UInt8],
        by deadline: Deadline
    ) throws(BlockingWebSocketError) {
        do throws(BlockingSocketError) {
            switch try socket.receive(into: &input, by: deadline) {
            case .bytes: return
            case .timeout: throw .timeout(call: "handshake")
            case .endOfInput: break
            }
        } catch {
            throw .socket(error)
        }
        throw .closedInHandshake
    }
}
