import BlockingWebSocket
import Wire

/// An agent's target could not be reached, or what is there speaks no HTTP.
struct AgentUnreachable: Error, CustomStringConvertible {
    var target: String
    var description: String
}

/// Posts one message and reads its answer to the end.
struct AgentAnswerReading {
    /// The SSE blocks of the answer.
    private(set) var blocks: [[UInt8]] = []
    /// How it ended: `complete`, `status N`, `no event stream`, `broken off`, `malformed`, `too long`,
    /// `silent` when the time was over.
    var end = "silent"

    private static let path = "/agent/message/stream"
    /// Of the whole answer.
    private static let maxBytes = 64 << 20

    mutating func post(
        _ body: [UInt8],
        to target: HTTPBaseURL,
        fields: HTTPFields,
        timeout: Duration
    ) throws(AgentUnreachable) {
        let deadline = Deadline(after: timeout)
        do {
            let socket = try BlockingSocket(host: target.host, port: target.port, by: deadline)
            try socket.send(try Self.request(body, target, fields), by: deadline)
            try read(socket, by: deadline)
        } catch let error as BlockingSocketError {
            guard blocks.isEmpty else {
                end = "broken off"
                return
            }
            if case .timeout = error { return }
            if case .failed("recv", _) = error {
                end = "broken off"
                return
            }
            throw AgentUnreachable(target: target.authority, description: "\(error)")
        } catch let error as AgentUnreachable {
            throw error
        } catch {
            throw AgentUnreachable(target: target.authority, description: "\(error)")
        }
    }

    private static func request(
        _ body: [UInt8],
        _ target: HTTPBaseURL,
        _ fields: HTTPFields
    ) throws(HTTPViolation) -> [UInt8] {
        var all: HTTPFields = [
            "Host": target.authority, "Content-Type": "application/json",
            "Accept": "text/event-stream", "Connection": "close",
            "Content-Length": String(body.count),
        ]
        all.append(contentsOf: fields)
        var bytes: [UInt8] = []
        try HTTPHeadWriter.append(
            HTTPRequestHead(method: "POST", target: target.basePath + path, fields: all),
            to: &bytes
        )
        return bytes + body
    }

    private mutating func read(_ socket: borrowing BlockingSocket, by deadline: Deadline) throws {
        var input: [UInt8] = []
        var parser = HTTPHeadParser()
        var decoder: HTTPBodyDecoder?
        var body: [UInt8] = []
        var splitter = SSEBlockSplitter(limit: Self.maxBytes)
        var hasEnded = false
        while true {
            do throws(HTTPViolation) {
                while decoder == nil, let (head, count) = try parser.parseResponse(input.span) {
                    input.removeFirst(count)
                    if head.isInterim { continue }
                    guard (200...299).contains(head.status) else {
                        end = "status \(head.status)"
                        return
                    }
                    guard head.isMediaType("text/event-stream") else {
                        end = "no event stream"
                        return
                    }
                    let framing = try head.bodyFraming(toMethod: "POST")
                    decoder = try HTTPBodyDecoder(framing, limit: Self.maxBytes)
                }
                let consumed = try decoder?.decode(input.span, into: &body) ?? 0
                input.removeFirst(consumed)
                if hasEnded {
                    if decoder == nil, !input.isEmpty { throw .truncated }
                    try decoder?.endOfInput()
                    if decoder == nil { throw .truncated }
                }
            } catch {
                takeBlocks(&body, &splitter, isLast: true)
                if decoder == nil, !input.isEmpty, error != .truncated, error != .bodyTooLarge {
                    throw AgentUnreachable(target: "the target", description: "\(error)")
                }
                switch error {
                case .truncated: end = "broken off"
                case .bodyTooLarge: end = "too long"
                default: end = "malformed"
                }
                return
            }
            takeBlocks(&body, &splitter, isLast: decoder?.isComplete == true)
            if decoder?.isComplete == true || hasEnded {
                end = "complete"
                return
            }
            // What comes without end is never waited for.
            if deadline.hasPassed { return }
            switch try socket.receive(into: &input, by: deadline) {
            case .bytes: break
            case .timeout: return
            case .endOfInput: hasEnded = true
            }
        }
    }

    private mutating func takeBlocks(
        _ body: inout [UInt8],
        _ splitter: inout SSEBlockSplitter,
        isLast: Bool
    ) {
        while let count = try? splitter.nextBlock(in: body.span) {
            blocks.append(Array(body.prefix(count)))
            body.removeFirst(count)
        }
        if isLast, let count = splitter.lastBlock(in: body.span) {
            blocks.append(Array(body.prefix(count)))
            body.removeAll()
        }
    }
}
