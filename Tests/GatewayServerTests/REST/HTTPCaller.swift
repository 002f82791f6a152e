import BlockingWebSocket
import Testing
import Wire

/// An answer as it came.
struct HTTPReply {
    let head: HTTPResponseHead
    let body: [UInt8]

    var status: Int { head.status }
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// An HTTP client that waits, one connection, nothing more than bytes out and answers in.
final class HTTPCaller {
    private let socket: BlockingSocket
    private var input: [UInt8] = []

    init(port: UInt16) throws {
        socket = try BlockingSocket(
            host: "127.0.0.1",
            port: port,
            by: Deadline(after: .seconds(10))
        )
    }

    /// Sends a request; with a body also its length.
    func send(
        _ method: String,
        _ target: String,
        fields: HTTPFields = [:],
        body: String = ""
    ) throws {
        var all: HTTPFields = ["Host": "gateway"]
        all.append(contentsOf: fields)
        if !body.isEmpty { all.append("Content-Length", String(body.utf8.count)) }
        var bytes: [UInt8] = []
        let head = HTTPRequestHead(method: method, target: target, fields: all)
        try HTTPHeadWriter.append(head, to: &bytes)
        try send(bytes + body.utf8)
    }

    func send(_ bytes: [UInt8]) throws {
        try socket.send(bytes, by: Deadline(after: .seconds(10)))
    }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Waits for the next answer, interim ones included. `method`: that of the request.
    func receive(to method: String = "GET") throws -> HTTPReply {
        var parser = HTTPHeadParser()
        while true {
            let bytes = input
            if let (head, count) = try parser.parseResponse(bytes.span) {
                input.removeFirst(count)
                return HTTPReply(head: head, body: try receiveBody(head, method))
            }
            try #require(try receiveMore(), "the connection ended before an answer")
        }
    }

    /// Whether the gateway closes, everything before that read.
    func isClosed() throws -> Bool {
        while try receiveMore() {}
        return true
    }

    /// Says that no more will be sent.
    func finishSending() { socket.finishSending() }

    private func receiveBody(_ head: HTTPResponseHead, _ method: String) throws -> [UInt8] {
        var decoder = try HTTPBodyDecoder(try head.bodyFraming(toMethod: method))
        var body: [UInt8] = []
        while !decoder.isComplete {
            let bytes = input
            let count = try decoder.decode(bytes.span, into: &body)
            input.removeFirst(count)
            if decoder.isComplete { break }
            if try !receiveMore() {
                try decoder.endOfInput()
            }
        }
        return body
    }

    /// False: the gateway has closed.
    private func receiveMore() throws -> Bool {
        switch try socket.receive(into: &input, by: Deadline(after: .seconds(10))) {
        case .bytes: return true
        case .endOfInput: return false
        case .timeout: throw BlockingSocketError.timeout(call: "recv")
        }
    }
}
