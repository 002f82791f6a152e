import Events
import Session
import Wire

/// Says in a few words what an event was.
enum EventTitle {
    static func make(_ header: EventHeader, _ event: Event, _ body: Span<UInt8>) -> String {
        switch event {
        case .connectionOpened(let opened): "opened, id \(opened.id), from \(opened.peer)"
        case .messageReceived(.accepted(let type, let summary)):
            summary.isEmpty ? type : "\(type) (\(summary))"
        case .messageReceived(.refused(let content)): "message, refused: \(content)"
        case .pingReceived: "ping"
        case .pongReceived: "pong"
        case .closeReceived(let code): "close frame \(code)"
        case .messageRejected: "error frame"
        case .violation(let code, _): "WebSocket violation, closing with \(code)"
        case .requestSent: request(body)
        case .responseStarted(let status): "response \(status)"
        case .chunkReceived(let chunk): title(chunk, header, body)
        case .streamEnded(let end): "response ended (\(end))"
        case .requestFailed(let failure, _): "request failed (\(failure))"
        case .framesDelivered(let through):
            "IDE has taken " + (FramesDelivered(body)?.words ?? "frames")
                + ", through the event with ordinal \(through)"
        case .connectionClosed(let closed, let code):
            "closed by \(closed.side.rawValue), code \(code)"
        case .heartbeatDue: "heartbeat is due"
        case .unknown: header.knownKind?.name ?? "kind \(header.kind), unknown to this version"
        }
    }

    private static func request(_ body: Span<UInt8>) -> String {
        var scanner = JSONScanner()
        guard (try? scanner.scan(body)) == .object,
            let id = scanner.string("session_id", in: body)
        else { return "request without session_id" }
        return "request with session_id \(id)"
    }

    private static func title(
        _ chunk: ChunkReading,
        _ header: EventHeader,
        _ body: Span<UInt8>
    ) -> String {
        var title: String
        switch chunk.content {
        case .none: title = "chunk without data"
        case .object: title = "chunk" + (type(body).map { " \($0)" } ?? "")
        case .sessionInfo(.id(let id)): title = "chunk session_info, session_id \(id.text)"
        case .sessionInfo(.temporaryID(let id)):
            title = "chunk session_info with the temporary id \(id)"
        case .sessionInfo(.noID): title = "chunk session_info without an id"
        case .notAnObject: title = "chunk that is not a JSON object"
        case .doneMark: title = "chunk [DONE]"
        }
        if header.detail == ChunkDetail.unterminated.rawValue { title += " (unterminated)" }
        return title
    }

    private static func type(_ body: Span<UInt8>) -> String? {
        var block = SSEBlockReader()
        block.read(body, isFirst: true)
        return block.withData(in: body) { data in
            var scanner = JSONScanner()
            guard (try? scanner.scan(data)) == .object else { return nil }
            return scanner.string("type", in: data)
        }
    }
}
